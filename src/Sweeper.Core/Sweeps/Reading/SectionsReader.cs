using System.Collections.Immutable;

namespace Sweeper.Core.Sweeps.Reading;

/// <summary>Reads the keys of a sweep file, or of one of its profiles, into sections.</summary>
internal static class SectionsReader
{
    private static readonly ImmutableArray<string> GridKeys =
        ["name", SweepKeys.Fixed.Name, SweepKeys.Grid.Name, SweepKeys.Zip.Name];

    /// <summary>Reads a table; <paramref name="alsoAllowed"/> are keys that the caller reads itself.</summary>
    public static SweepSections Read(YamlTable table, ImmutableArray<string> alsoAllowed, Faults faults)
    {
        faults.Each(table.Entries, entry => Known(entry.Key, [.. alsoAllowed, .. SweepKeys.OfProfiles]));
        YamlNode? Find(SweepKey key) => table.Entries.FirstOrDefault(entry => entry.Name == key.Name)?.Value;
        ImmutableArray<YamlEntry> Names(SweepKey key) =>
            Find(key) is { } node ? faults.List(() => Table(node, $"'{key.Name}'").Entries) : [];
        var sections = new SweepSections
        {
            Fixed = Names(SweepKeys.Fixed),
            Grid = Names(SweepKeys.Grid),
            Zip = Find(SweepKeys.Zip) is { } zip ? Groups(zip, faults) : [],
            Grids = Find(SweepKeys.Grids) is { } grids ? Members(grids, faults) : null,
            Others = SweepKeys.All.Where(key => Find(key) is not null).ToImmutableDictionary(key => key, key => Find(key)!),
        };
        return OfOnePlaceEach(sections, faults);
    }

    /// <summary>The entries of `grids`.</summary>
    private static ImmutableArray<SweepSections> Members(YamlNode node, Faults faults)
    {
        var names = new HashSet<string>();
        var items = faults.List(() =>
            Items(node, "grids", "a list of grids", "put `- ` before each one: - { name: deep, grid: { depth: [16, 32] } }"));
        if (node is YamlList { Items.IsEmpty: true })
        {
            faults.Add(node.Place.Fault("the list of grids is empty", "give it at least one grid, or remove it"));
        }

        return faults.Each(
            items.Index(),
            item => Member(Table(item.Item, "an entry of 'grids'"), names, new YamlScalar($"grid-{item.Index + 1}", item.Item.Place),
                faults));
    }

    private static SweepSections Member(YamlTable table, HashSet<string> names, YamlScalar standard, Faults faults)
    {
        var known = faults.Each(table.Entries, entry => GridKeys.Contains(entry.Name)
            ? entry
            : throw entry.Key.Place.Fault($"unknown key '{entry.Name}' in an entry of 'grids'", NearestName.Remedy(entry.Name, GridKeys)));
        var name = known.FirstOrDefault(entry => entry.Name == "name")?.Value;
        if (name is not (null or YamlScalar { Text.Length: > 0 }))
        {
            faults.Add(name.Place.Fault($"the name of a grid must be a word, but {name.Shape} stands here",
                "write for example name: deep"));
        }

        var word = name as YamlScalar ?? standard;
        if (!names.Add(word.Text))
        {
            faults.Add(word.Place.Fault($"two grids have the name '{word.Text}'", "rename one of the two"));
        }

        return Read(table with { Entries = known }, GridKeys, faults) with { Name = word };
    }

    /// <summary>A table, or a fault that says what stands there instead.</summary>
    public static YamlTable Table(YamlNode node, string what) => node as YamlTable
        ?? throw node.Place.Fault(
            $"{what} must be a table of names and values, but {node.Shape} stands here",
            "write `name: value` lines beneath it, or { name: value }");

    /// <summary>The items of a list.</summary>
    private static ImmutableArray<YamlNode> Items(YamlNode node, string key, string what, string remedy) =>
        node is YamlList list ? list.Items
        : throw node.Place.Fault($"'{key}' must be {what}, but {node.Shape} stands here", remedy);

    private static ImmutableArray<ImmutableArray<YamlEntry>> Groups(YamlNode node, Faults faults) =>
        faults.Each(faults.List(() => Items(node, "zip", "a list of groups", "put `- ` before each group of names")), Group);

    private static ImmutableArray<YamlEntry> Group(YamlNode node) => Table(node, "a group of 'zip'") is { Entries.IsEmpty: false } group
        ? group.Entries
        : throw node.Place.Fault("this group of 'zip' is empty", "name the axes that vary together, or remove it");

    private static YamlScalar Known(YamlScalar key, string[] allowed) => allowed.Contains(key.Text) ? key
        : throw key.Place.Fault($"unknown key '{key.Text}'", NearestName.Remedy(key.Text, allowed));

    /// <summary>Without what gives a name a second time. Each member of a union is looked at by itself.</summary>
    private static SweepSections OfOnePlaceEach(SweepSections sections, Faults faults)
    {
        var first = new Dictionary<string, (string Section, SourcePlace Place)>();
        ImmutableArray<YamlEntry> Once(ImmutableArray<YamlEntry> entries, string section) => faults.Each(entries, entry =>
            first.TryAdd(entry.Name, (section, entry.Key.Place)) ? entry : throw entry.Key.Place.Fault(
                $"'{entry.Name}' stands in '{section}' and in '{first[entry.Name].Section}' ({first[entry.Name].Place.Brief})",
                "a name stands in one place only: remove one of the two"));
        return sections with
        {
            Fixed = Once(sections.Fixed, "fixed"),
            Grid = Once(sections.Grid, "grid"),
            Zip = [.. sections.Zip.Select(group => Once(group, "zip")).Where(group => !group.IsEmpty)],
        };
    }
}
