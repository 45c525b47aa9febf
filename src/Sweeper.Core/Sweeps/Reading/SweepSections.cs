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

    public YamlNode? Seeds { get; init; }

    public YamlNode? Measure { get; init; }

    public YamlNode? Lanes { get; init; }

    public YamlNode? Figures { get; init; }

    public YamlNode? AllowFailed { get; init; }

    /// <summary>What becomes of diverged trials in means.</summary>
    public YamlNode? Aggregate { get; init; }

    /// <summary>Which weights are kept.</summary>
    public YamlNode? Keep { get; init; }

    /// <summary>
    /// These with others laid over them: a name that the others give a value or an axis loses the one it had here, wherever
    /// that was.
    /// </summary>
    public SweepSections Under(SweepSections over)
    {
        var moved = over.Fixed.Concat(over.Grid).Concat(over.Zip.SelectMany(group => group)).Select(entry => entry.Name).ToHashSet();
        ImmutableArray<YamlEntry> Kept(ImmutableArray<YamlEntry> entries) => [.. entries.Where(entry => !moved.Contains(entry.Name))];
        return new SweepSections
        {
            Fixed = [.. Kept(Fixed), .. over.Fixed],
            Grid = [.. Kept(Grid), .. over.Grid],
            Zip = [.. Zip.Select(Kept).Where(group => group.Length > 0), .. over.Zip],
            Seeds = over.Seeds ?? Seeds,
            Measure = over.Measure ?? Measure,
            Lanes = over.Lanes ?? Lanes,
            Figures = over.Figures ?? Figures,
            AllowFailed = over.AllowFailed ?? AllowFailed,
            Aggregate = over.Aggregate ?? Aggregate,
            Keep = over.Keep ?? Keep,
        };
    }
}
