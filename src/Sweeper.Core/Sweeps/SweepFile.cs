using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Sweeper.Core.Sweeps.Reading;

namespace Sweeper.Core.Sweeps;

/// <summary>A sweep file as parsed, with profile and command line applied: every entry with its place, values not yet typed.</summary>
public sealed partial class SweepFile
{
    private SweepFile(YamlScalar? sweep, YamlScalar? experiment, string? profile, SweepSections sections, Faults faults)
    {
        SweepWord = sweep;
        Profile = profile;
        Experiment = experiment;
        Sections = sections;
        Faults = faults;
    }

    /// <summary>
    /// Folder name: the sweep's name, with `@profile` after it when a profile is used. Throws where the file gives it no name.
    /// </summary>
    public string Name => Profile is null ? Sweep : $"{Sweep}@{Profile}";

    internal string Sweep
    {
        get
        {
            if (SweepWord is null)
            {
                Faults.ThrowIfAny();
            }

            return SweepWord!.Text;
        }
    }

    internal string? Profile { get; }

    /// <summary>Names of the profiles to choose from, in order.</summary>
    public ImmutableArray<string> Profiles { get; private init; } = [];

    /// <summary>Null where the file names none, which is a fault.</summary>
    internal YamlScalar? Experiment { get; }

    internal SweepSections Sections { get; }

    /// <summary>What was wrong so far; whoever types the file goes on from there, and throws.</summary>
    internal Faults Faults { get; }

    /// <summary>What of the file is not used, one sentence each.</summary>
    internal ImmutableArray<string> Notes { get; private init; } = [];

    private YamlScalar? SweepWord { get; }

    /// <summary>
    /// Reads a file from disk and applies the command line. Throws <see cref="Errors.SweepException"/> (usage) for one that cannot
    /// be understood at all; other faults are told with those that its types show (<see cref="SweepPlan.Create"/>).
    /// </summary>
    public static SweepFile Load(string path, SweepOverrides overrides) => Read(SweepFileText.Load(path), overrides);

    /// <summary>The same for a text; <paramref name="displayPath"/> stands in messages.</summary>
    public static SweepFile Parse(string text, string displayPath, SweepOverrides overrides) =>
        Read(new SourceText(displayPath, text), overrides);

    private static SweepFile Read(SourceText source, SweepOverrides overrides)
    {
        SweepFileText.RefuseTabs(source);
        var faults = new Faults();
        var root = YamlReader.Read(source, faults);
        if (root is null or YamlScalar { Text: "" })
        {
            throw source.At(1, 1).Fault("the sweep file is empty", "give it at least `sweep: <name>` and `experiment: <name>`");
        }

        var table = SectionsReader.Table(root, "a sweep file");
        var named = overrides.Experiment is { } wanted
            ? new YamlScalar(wanted, new SourceText("--experiment", wanted, IsArgument: true).At(1, 1)) : null;
        if (WandbReader.Recognises(table))
        {
            var file = WandbReader.Read(table, named, faults);
            return Over(faults.Try(() => Named(file.Sweep)), file.Experiment, null, ImmutableDictionary<string, SweepSections>.Empty,
                file.Sections, overrides, faults, file.Notes);
        }

        var sections = SectionsReader.Read(table, SweepKeys.OfFiles, faults);
        var sweep = faults.Try(() => Named(Word(table, SweepKeys.Sweep) ?? throw Missing(table, SweepKeys.Sweep)));
        var experiment = named ?? faults.Try(() => Word(table, SweepKeys.Experiment) ?? throw Missing(table, SweepKeys.Experiment));
        var applied = faults.Try(() => Word(table, SweepKeys.Profile) is { } word ? Named(word) : null);
        return Over(sweep, experiment, applied?.Text, ProfilesOf(table, applied, faults), sections, overrides, faults);
    }

    private static SweepFile Over(
        YamlScalar? sweep, YamlScalar? experiment, string? applied, ImmutableDictionary<string, SweepSections> profiles,
        SweepSections sections, SweepOverrides overrides,
        Faults faults, ImmutableArray<string>? notes = null)
    {
        if (overrides.Profile is not null)
        {
            // What is claimed of one size says nothing of another.
            sections = sections.Without(SweepKeys.Expect)
                .Under(faults.Try(() => Choose(profiles, overrides.Profile)) ?? new SweepSections());
        }

        foreach (var argument in overrides.Set)
        {
            sections = sections.Under(faults.Try(() => CommandLineReader.Set(argument)) ?? new SweepSections());
        }

        if (overrides.Seeds is not null)
        {
            sections = sections.Under(faults.Try(() => CommandLineReader.Seeds(overrides.Seeds)) ?? new SweepSections());
        }

        return new SweepFile(
            sweep, experiment, overrides.Profile ?? applied, sections,
            faults) { Notes = notes ?? [], Profiles = [.. profiles.Keys.Order(StringComparer.Ordinal)] };
    }

    private static ImmutableDictionary<string, SweepSections> ProfilesOf(YamlTable table, YamlScalar? applied, Faults faults)
    {
        if (table.Entries.FirstOrDefault(entry => entry.Name == SweepKeys.Profiles.Name) is not { } entry)
        {
            return ImmutableDictionary<string, SweepSections>.Empty;
        }

        if (applied is not null)
        {
            faults.Add(applied.Place.Fault(
                "'profile' names the profile that a resolved file was made with; here the profiles are still to choose from",
                $"remove it and run with --profile {applied.Text}"));
        }

        return faults.Each(
            faults.List(() => SectionsReader.Table(entry.Value, "'profiles'").Entries),
            profile =>
                (Named(profile.Key).Text,
                    SectionsReader.Read(SectionsReader.Table(profile.Value, $"profile '{profile.Name}'"), [], faults)))
            .ToImmutableDictionary(profile => profile.Item1, profile => profile.Item2);
    }

    private static SweepSections Choose(ImmutableDictionary<string, SweepSections> profiles, string name) =>
        profiles.TryGetValue(name, out var profile) ? profile : throw new SourceText("--profile", name, IsArgument: true).At(1, 1).Fault(
            $"the sweep file has no profile '{name}'", NearestName.Remedy(name, profiles.Keys.Order(StringComparer.Ordinal)));

    private static YamlScalar? Word(YamlTable table, SweepKey key) =>
        table.Entries.FirstOrDefault(entry => entry.Name == key.Name)?.Value switch
        {
            null => null,
            YamlScalar { Text.Length: > 0 } word => word,
            var other =>
                throw other.Place.Fault($"'{key.Name}' must be a name, but {other.Shape} stands here", $"write `{key.Name}: <name>`"),
        };

    private static YamlScalar Named(YamlScalar word) => FolderName().IsMatch(word.Text) ? word : throw word.Place.Fault(
        $"'{word.Text}' cannot be part of a folder's name", "use lower-case letters, digits and hyphens, at most 80 of them");

    private static Errors.SweepException Missing(YamlTable table, SweepKey key) =>
        table.HasMisspelt(key.Name, [.. SweepKeys.OfFiles, .. SweepKeys.OfProfiles])
        ? table.Place.Consequence()
        : table.Place.Fault($"the key '{key.Name}' is missing", $"add a line `{key.Name}: <name>`");

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,79}$", RegexOptions.CultureInvariant)]
    private static partial Regex FolderName();
}
