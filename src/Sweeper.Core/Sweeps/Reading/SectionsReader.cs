using System.Collections.Immutable;

namespace Sweeper.Core.Sweeps.Reading;

/// <summary>Reads the keys of a sweep file, or of one of its profiles, into sections.</summary>
internal static class SectionsReader
{
    /// <summary>Keys that only the file itself has.</summary>
    public static readonly string[] FileKeys = ["sweep", "experiment", "profile", "profiles", "allow_failed"];

    /// <summary>Keys that a profile may override.</summary>
    public static readonly string[] ProfileKeys = ["fixed", "grid", "zip", "grids", "derive", "exclude", "when", "seeds", "measure", "lanes", "figures", "aggregate", "keep"];

    private static readonly string[] GridKeys = ["name", "fixed", "grid", "zip"];

    private static readonly string[] LaterKeys = ["expect"];

    /// <summary>Reads a table; <paramref name="alsoAllowed"/> are keys that the caller reads itself.</summary>
    public static SweepSections Read(YamlTable table, string[] alsoAllowed)
    {
        foreach (var entry in table.Entries)
        {
            RefuseUnknown(entry.Key, [.. alsoAllowed, .. ProfileKeys]);
        }

        YamlNode? Find(string key) => table.Entries.FirstOrDefault(entry => entry.Name == key)?.Value;
        var sections = new SweepSections
        {
            Fixed = Find("fixed") is { } constants ? Table(constants, "'fixed'").Entries : [],
            Grid = Find("grid") is { } grid ? Table(grid, "'grid'").Entries : [],
            Zip = Find("zip") is { } zip ? Groups(zip) : [],
            Grids = Find("grids") is { } grids ? Members(grids) : null,
            Derive = Find("derive"),
            Exclude = Find("exclude"),
            When = Find("when"),
            Seeds = Find("seeds"),
            Measure = Find("measure"),
            Lanes = Find("lanes"),
            Figures = Find("figures"),
            AllowFailed = Find("allow_failed"),
            Aggregate = Find("aggregate"),
            Keep = Find("keep"),
        };
        RefuseTwoPlaces(sections);
        return sections;
    }

    /// <summary>The entries of `grids`.</summary>
    private static ImmutableArray<SweepSections> Members(YamlNode node)
    {
        if (node is not YamlList list)
        {
            throw node.Place.Fault($"'grids' must be a list of grids, but {node.Shape} stands here", "put `- ` before each one: - { name: deep, grid: { depth: [16, 32] } }");
        }

        var names = new HashSet<string>();
        return list.Items.Length > 0
            ? [.. list.Items.Select((item, index) => Member(Table(item, "an entry of 'grids'"), names, new YamlScalar($"grid-{index + 1}", item.Place)))]
            : throw list.Place.Fault("the list of grids is empty", "give it at least one grid, or remove it");
    }

    private static SweepSections Member(YamlTable table, HashSet<string> names, YamlScalar standard)
    {
        if (table.Entries.FirstOrDefault(entry => !GridKeys.Contains(entry.Name)) is { } unknown)
        {
            throw unknown.Key.Place.Fault($"unknown key '{unknown.Name}' in an entry of 'grids'", NearestName.Remedy(unknown.Name, GridKeys));
        }

        var name = table.Entries.FirstOrDefault(entry => entry.Name == "name")?.Value;
        if (name is not (null or YamlScalar { Text.Length: > 0 }))
        {
            throw name.Place.Fault($"the name of a grid must be a word, but {name.Shape} stands here", "write for example name: deep");
        }

        var word = name as YamlScalar ?? standard;
        return names.Add(word.Text)
            ? Read(table, GridKeys) with { Name = word }
            : throw word.Place.Fault($"two grids have the name '{word.Text}'", "rename one of the two");
    }

    /// <summary>A table, or a fault that says what stands there instead.</summary>
    public static YamlTable Table(YamlNode node, string what) => node as YamlTable
        ?? throw node.Place.Fault($"{what} must be a table of names and values, but {node.Shape} stands here", "write `name: value` lines beneath it, or { name: value }");

    private static ImmutableArray<ImmutableArray<YamlEntry>> Groups(YamlNode node) => node is YamlList list
        ? [.. list.Items.Select(Group)]
        : throw node.Place.Fault($"'zip' must be a list of groups, but {node.Shape} stands here", "put `- ` before each group of names");

    private static ImmutableArray<YamlEntry> Group(YamlNode node) => Table(node, "a group of 'zip'") is { Entries.IsEmpty: false } group
        ? group.Entries
        : throw node.Place.Fault("this group of 'zip' is empty", "name the axes that vary together, or remove it");

    private static void RefuseUnknown(YamlScalar key, string[] allowed)
    {
        if (LaterKeys.Contains(key.Text))
        {
            throw key.Place.Fault($"this version of Sweeper does not know the key '{key.Text}' yet", "remove it; what it says cannot be honoured");
        }

        if (!allowed.Contains(key.Text))
        {
            throw key.Place.Fault($"unknown key '{key.Text}'", NearestName.Remedy(key.Text, allowed));
        }
    }

    private static void RefuseTwoPlaces(SweepSections sections)
    {
        var first = new Dictionary<string, (string Section, SourcePlace Place)>();
        // Each member of a union is looked at by itself.
        var all = sections.Fixed.Select(entry => (entry, "fixed"))
            .Concat(sections.Grid.Select(entry => (entry, "grid")))
            .Concat(sections.Zip.SelectMany(group => group).Select(entry => (entry, "zip")));
        foreach (var (entry, section) in all)
        {
            if (!first.TryAdd(entry.Name, (section, entry.Key.Place)))
            {
                var (otherSection, other) = first[entry.Name];
                throw entry.Key.Place.Fault(
                    $"'{entry.Name}' stands in '{section}' and in '{otherSection}' ({other.Brief})", "a name stands in one place only: remove one of the two");
            }
        }
    }
}
