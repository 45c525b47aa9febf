using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Sweeper.Core.Sweeps.Reading;

namespace Sweeper.Core.Sweeps;

/// <summary>A sweep file as parsed, with profile and command line applied: every entry with its place, values not yet typed.</summary>
public sealed partial class SweepFile
{
    private SweepFile(YamlScalar sweep, YamlScalar experiment, string? profile, SweepSections sections)
    {
        Name = profile is null ? sweep.Text : $"{sweep.Text}@{profile}";
        Sweep = sweep.Text;
        Profile = profile;
        Experiment = experiment;
        Sections = sections;
    }

    /// <summary>Folder name: the sweep's name, with `@profile` behind it when a profile is used.</summary>
    public string Name { get; }

    internal string Sweep { get; }

    internal string? Profile { get; }

    internal YamlScalar Experiment { get; }

    internal SweepSections Sections { get; }

    /// <summary>What of the file is not used, one sentence each.</summary>
    internal ImmutableArray<string> Notes { get; private init; } = [];

    /// <summary>Reads a file from disk and applies the command line. Throws <see cref="Errors.SweepException"/> (usage).</summary>
    public static SweepFile Load(string path, SweepOverrides overrides) => Read(SweepFileText.Load(path), overrides);

    /// <summary>The same for a text; <paramref name="displayPath"/> stands in messages.</summary>
    public static SweepFile Parse(string text, string displayPath, SweepOverrides overrides) => Read(new SourceText(displayPath, text), overrides);

    private static SweepFile Read(SourceText source, SweepOverrides overrides)
    {
        SweepFileText.RefuseTabs(source);
        var root = YamlReader.Read(source);
        if (root is null or YamlScalar { Text: "" })
        {
            throw source.At(1, 1).Fault("the sweep file is empty", "give it at least `sweep: <name>` and `experiment: <name>`");
        }

        var table = SectionsReader.Table(root, "a sweep file");
        var sections = SectionsReader.Read(table, SectionsReader.FileKeys);
        var sweep = Word(table, "sweep") ?? throw Missing(table, "sweep");
        var experiment = Word(table, "experiment") ?? throw Missing(table, "experiment");
        var applied = Word(table, "profile");
        var profiles = Profiles(table, applied);
        if (overrides.Profile is not null)
        {
            sections = sections.Under(Choose(profiles, overrides.Profile));
        }

        foreach (var argument in overrides.Set)
        {
            sections = sections.Under(CommandLineReader.Set(argument));
        }

        if (overrides.Seeds is not null)
        {
            sections = sections.Under(CommandLineReader.Seeds(overrides.Seeds));
        }

        return new SweepFile(Named(sweep), experiment, overrides.Profile ?? (applied is null ? null : Named(applied).Text), sections);
    }

    private static ImmutableDictionary<string, SweepSections> Profiles(YamlTable table, YamlScalar? applied)
    {
        if (table.Entries.FirstOrDefault(entry => entry.Name == "profiles") is not { } entry)
        {
            return ImmutableDictionary<string, SweepSections>.Empty;
        }

        if (applied is not null)
        {
            throw applied.Place.Fault(
                "'profile' names the profile that a resolved file was made with; here the profiles are still to choose from",
                $"remove it and run with --profile {applied.Text}");
        }

        return SectionsReader.Table(entry.Value, "'profiles'").Entries.ToImmutableDictionary(
            profile => Named(profile.Key).Text,
            profile => SectionsReader.Read(SectionsReader.Table(profile.Value, $"profile '{profile.Name}'"), []));
    }

    private static SweepSections Choose(ImmutableDictionary<string, SweepSections> profiles, string name) =>
        profiles.TryGetValue(name, out var profile) ? profile : throw new SourceText("--profile", name, IsArgument: true).At(1, 1).Fault(
            $"the sweep file has no profile '{name}'", NearestName.Remedy(name, profiles.Keys.Order(StringComparer.Ordinal)));

    private static YamlScalar? Word(YamlTable table, string key) => table.Entries.FirstOrDefault(entry => entry.Name == key)?.Value switch
    {
        null => null,
        YamlScalar { Text.Length: > 0 } word => word,
        var other => throw other.Place.Fault($"'{key}' must be a name, but {other.Shape} stands here", $"write `{key}: <name>`"),
    };

    private static YamlScalar Named(YamlScalar word) => FolderName().IsMatch(word.Text) ? word : throw word.Place.Fault(
        $"'{word.Text}' cannot be part of a folder's name", "use lower-case letters, digits and hyphens, at most 80 of them");

    private static Errors.SweepException Missing(YamlTable table, string key) =>
        table.Place.Fault($"the key '{key}' is missing", $"add a line `{key}: <name>`");

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,79}$", RegexOptions.CultureInvariant)]
    private static partial Regex FolderName();
}
