using System.Collections.Immutable;

namespace Sweeper.Core.Sweeps.Reading;

/// <summary>The entries of a sweep file that say what to run, each with its place; null or empty where the file is silent.</summary>
internal sealed record SweepSections
{
    /// <summary>Names with one value.</summary>
    public ImmutableArray<YamlEntry> Fixed { get; init; } = [];

    /// <summary>Names with an axis each.</summary>
    public ImmutableArray<YamlEntry> Grid { get; init; } = [];

    /// <summary>Groups of names that share an axis.</summary>
    public ImmutableArray<ImmutableArray<YamlEntry>> Zip { get; init; } = [];

    /// <summary>Name of an entry of `grids`.</summary>
    public YamlScalar? Name { get; init; }

    /// <summary>Further members of the union: names, fixed values and axes only.</summary>
    public ImmutableArray<SweepSections>? Grids { get; init; }

    /// <summary>What stands under the other keys, as it is written.</summary>
    public ImmutableDictionary<SweepKey, YamlNode> Others { get; init; } = ImmutableDictionary<SweepKey, YamlNode>.Empty;

    /// <summary>What stands under one of them; null where the file is silent.</summary>
    public YamlNode? this[SweepKey key] => Others.GetValueOrDefault(key);

    /// <summary>The same with what stands under one of them; where that is null, as it was.</summary>
    public SweepSections With(SweepKey key, YamlNode? node) => node is null ? this : this with { Others = Others.SetItem(key, node) };

    /// <summary>The same without what stands under one of them.</summary>
    public SweepSections Without(SweepKey key) => this with { Others = Others.Remove(key) };

    /// <summary>All entries that give a name a value or an axis.</summary>
    public IEnumerable<YamlEntry> Named => Fixed.Concat(Grid).Concat(Zip.SelectMany(group => group));

    /// <summary>
    /// These with others laid over them: a name that the others give a value or an axis loses the one it had here, wherever
    /// that was, in the entries of `grids` too. Where the file has no axis but those of `grids`, new axes go to each of these.
    /// </summary>
    public SweepSections Under(SweepSections over)
    {
        var isShared = Grids is { Length: > 0 } && over.Grids is null && Grid.IsEmpty && Zip.IsEmpty;
        var below = isShared ? over with { Grid = [], Zip = [] } : over;
        var beside = isShared ? over with { Fixed = [] } : new SweepSections();
        var moved = over.Named.Select(entry => entry.Name).ToHashSet();
        var laid = Without(moved);
        return new SweepSections
        {
            Name = Name,
            Fixed = [.. laid.Fixed, .. below.Fixed],
            Grid = [.. laid.Grid, .. below.Grid],
            Zip = [.. laid.Zip, .. below.Zip],
            Grids = over.Grids ?? (Grids is { } grids
                ? [.. grids.Select(grid => grid.Without(moved))
                    .Select(grid => grid with { Grid = [.. grid.Grid, .. beside.Grid], Zip = [.. grid.Zip, .. beside.Zip] })]
                : null),
            Others = Others.SetItems(over.Others),
        };
    }

    private SweepSections Without(HashSet<string> names)
    {
        ImmutableArray<YamlEntry> Kept(ImmutableArray<YamlEntry> entries) => [.. entries.Where(entry => !names.Contains(entry.Name))];
        return this with { Fixed = Kept(Fixed), Grid = Kept(Grid), Zip = [.. Zip.Select(Kept).Where(group => group.Length > 0)] };
    }
}
