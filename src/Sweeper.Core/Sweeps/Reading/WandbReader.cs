using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Sweeper.Core.Sweeps.Reading;

/// <summary>
/// Reads a grid file of Weights &amp; Biases as it is: `method: grid` and `parameters: { x: { value | values } }`. A parameter
/// `seed` or `seeds` becomes the seeds. The experiment is named by `--experiment`, by a key `experiment`, or by the file name of
/// `program`; the sweep by `name`, else by the file's own name. What has no meaning here is named in a note.
/// </summary>
internal static partial class WandbReader
{
    private static readonly string[] Used = ["method", "parameters", "name", "program", "experiment", "derive"];

    private static readonly string[] Unused =
    [
        "metric", "project", "entity", "description", "command", "early_terminate", "run_cap", "controller", "job", "image_uri", "settings",
    ];

    private static readonly string[] SeedNames = ["seed", "seeds"];

    /// <summary>Whether a file is one: no sweep file of ours has `parameters`.</summary>
    public static bool Recognises(YamlTable table) => table.Entries.Any(entry => entry.Name == "parameters");

    /// <summary>The file as sections. <paramref name="named"/> is the experiment of the command line, or null.</summary>
    public static WandbFile Read(YamlTable table, YamlScalar? named, Faults faults)
    {
        faults.Each(table.Entries, entry => Used.Contains(entry.Name) || Unused.Contains(entry.Name)
            ? entry
            : throw entry.Key.Place.Fault($"unknown key '{entry.Name}' in a Weights & Biases file",
                NearestName.Remedy(entry.Name, Used.Concat(Unused))));
        YamlNode? Find(string key) => table.Entries.FirstOrDefault(entry => entry.Name == key)?.Value;
        bool IsMisspelt(string key) => table.HasMisspelt(key, [.. Used, .. Unused]);
        if (Find("method") is not YamlScalar { Text: "grid" } && !IsMisspelt("method"))
        {
            faults.Add((Find("method") ?? table).Place.Fault("only `method: grid` can be run: every combination is trained",
                "write method: grid, and lists of values"));
        }

        var program = Find("program") as YamlScalar;
        var experiment = named ?? Find("experiment") as YamlScalar
            ?? (program is null ? null : program with { Text = Plain(program.Text) });
        if (experiment is null && !IsMisspelt("program") && !IsMisspelt("experiment"))
        {
            faults.Add(table.Place.Fault("this Weights & Biases file does not say which experiment it is about",
                "name it with --experiment"));
        }

        var name = Find("name") is YamlScalar { Text.Length: > 0 } given ? given : new YamlScalar(table.Place.Source.Name, table.Place);
        var unused = table.Entries
            .Where(entry => Unused.Contains(entry.Name) || (entry.Name == "program" && experiment?.Place != program?.Place))
                .Select(entry => $"'{entry.Name}'").ToList();
        var parameters = faults.Each(faults.List(() => SectionsReader.Table(Find("parameters")!, "'parameters'").Entries), Parameter);
        var seeds = parameters.FirstOrDefault(parameter => SeedNames.Contains(parameter.Entry.Name));
        var others = parameters.Where(parameter => !SeedNames.Contains(parameter.Entry.Name)).ToList();
        return new WandbFile(
            name with { Text = Plain(name.Text) },
            experiment,
            new SweepSections
            {
                Fixed = [.. others.Where(parameter => !parameter.IsAxis).Select(parameter => parameter.Entry)],
                Grid = [.. others.Where(parameter => parameter.IsAxis).Select(parameter => parameter.Entry)],
            }.With(SweepKeys.Derive, Find(SweepKeys.Derive.Name))
                // A single value is one seed and not a count of them.
                .With(SweepKeys.Seeds, seeds.Entry is null || seeds.IsAxis
                    ? seeds.Entry?.Value
                    : new YamlList([seeds.Entry.Value], seeds.Entry.Value.Place)),
            unused.Count == 0
                ? [] : [$"of this Weights & Biases file {string.Join(", ", unused)} {(unused.Count == 1 ? "is" : "are")} not used"]);
    }

    private static (YamlEntry Entry, bool IsAxis) Parameter(YamlEntry entry)
    {
        var usage = $"write {entry.Name}: {{ values: [ .. ] }} or {{ value: .. }}";
        var table = entry.Value as YamlTable
            ?? throw entry.Value.Place.Fault($"the parameter '{entry.Name}' must be a table, but {entry.Value.Shape} stands here", usage);
        var given = table.Entries.Where(key => key.Name != "distribution").ToList();
        return given switch
        {
            [{ Name: "value" } value] => (new YamlEntry(entry.Key, value.Value), false),
            [{ Name: "values" } values] => (new YamlEntry(entry.Key, values.Value), true),
            [{ Name: "parameters" } nested, ..] =>
                throw nested.Key.Place.Fault("nested parameters have no meaning here", "put the names side by side under 'parameters'"),
            [var other, ..] => throw other.Key.Place.Fault($"a grid cannot be made of '{other.Name}'", usage),
            _ => throw entry.Value.Place.Fault($"the parameter '{entry.Name}' has neither 'value' nor 'values'", usage),
        };
    }

    /// <summary>The last part of a path, without its extension, as a name in kebab-case.</summary>
    private static string Plain(string name) => Other().Replace(Path.GetFileNameWithoutExtension(name).ToLowerInvariant(), "-").Trim('-');

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Other();
}

/// <summary>What a Weights &amp; Biases file says.</summary>
internal sealed record WandbFile(YamlScalar Sweep, YamlScalar? Experiment, SweepSections Sections, ImmutableArray<string> Notes);
