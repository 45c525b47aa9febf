using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Sweeps.Claims;
using Sweeper.Core.Sweeps.Reading;

namespace Sweeper.Core.Sweeps.Typing;

/// <summary>Reads `expect`: a list of claims. What their SQL means is looked at by whoever has a database.</summary>
/// <param name="experiment">Whose metrics and hyperparameters mutations name.</param>
/// <param name="measured">What is measured; null where that is at fault.</param>
/// <param name="faults">Where faults are noted.</param>
internal sealed class ClaimsReader(
    ExperimentDeclaration experiment, ImmutableArray<MeasureRule>? measured, Faults faults)
{
    private const string Usage =
        "write `- { entry: \"2a\", claim: a sentence, expected: a number and its source, sql: SELECT .. AS ok, .. AS value .., "
        + "breaks_when: [reverse METRIC, scale METRIC by 2] }`";

    /// <summary>Keys of a claim; all but the last are required.</summary>
    public static readonly string[] Keys = ["entry", "claim", "expected", "sql", "breaks_when", "cause"];

    /// <summary>The claims, without those at fault; none where the file is silent.</summary>
    public ImmutableArray<Claim> Read(YamlNode? node) => node is null ? [] :
    [
        .. faults.Each(
            faults.List(() => node is YamlList list ? list.Items
                : throw node.Place.Fault($"'expect' must be a list of claims, but {node.Shape} stands here", Usage)),
            item => One(SectionsReader.Table(item, "a claim"))).OfType<Claim>(),
    ];

    private Claim? One(YamlTable table)
    {
        faults.Each(table.Entries, entry => Keys.Contains(entry.Name) ? entry
            : throw entry.Key.Place.Fault($"unknown key '{entry.Name}' in a claim", NearestName.Remedy(entry.Name, Keys)));
        YamlNode? Find(string key) => table.Entries.FirstOrDefault(entry => entry.Name == key)?.Value;
        string? Text(string key) => faults.Try(() => Find(key) switch
        {
            YamlScalar { Text: var text } when text.Trim().Length > 0 => text.Trim(),
            null => throw Lacking(table, key),
            var other => throw other.Place.Fault($"'{key}' of a claim must be a text, but {other.Shape} stands here", Usage),
        });
        var (entry, statement, expected, sql) = (Text("entry"), Text("claim"), Text("expected"), Text("sql"));
        var cause = Find("cause") is null ? null : Text("cause");
        var places = ImmutableDictionary.CreateBuilder<Mutation, SourcePlace>();
        var breaks = faults.List(() => Find("breaks_when") switch
        {
            null => throw Lacking(table, "breaks_when"),
            YamlList { Items.IsEmpty: true } empty => throw empty.Place.Fault(
                "a claim that nothing breaks says nothing", $"name at least one of: {string.Join(", ", Mutation.Forms)}"),
            var list => ScalarReader.Words(list, "'breaks_when'", word => Placed(word, places), faults),
        });
        return entry is null || statement is null || expected is null || sql is null
            ? null
            : new Claim(
                entry, statement, expected, sql.TrimEnd(';', ' ', '\n'), breaks,
                cause) { At = (Find("sql") ?? table).Place, ChangesAt = places.ToImmutable() };
    }

    private Mutation Placed(YamlScalar word, ImmutableDictionary<Mutation, SourcePlace>.Builder places)
    {
        var mutation = Change(word);
        places[mutation] = word.Place;
        return mutation;
    }

    private Mutation Change(YamlScalar word)
    {
        var mutation = Mutation.Parse(word.Text) ?? throw word.Place.Fault(
            $"'{word.Text}' is no change of results",
            Mutation.Nearest(word.Text) is { } near ? $"did you mean '{near}'?"
                : word.Text.StartsWith("scale ", StringComparison.Ordinal) ? "write `scale METRIC by X`: the number X is positive"
                : $"write one of: {string.Join(", ", Mutation.Forms)}");
        if (mutation is Mutation.Scale { By: 1 })
        {
            throw word.Place.Fault($"'{word.Text}' changes nothing", "name another number: `scale METRIC by 2`");
        }

        if (mutation is Mutation.Rotate rotate && experiment.IndexOf(rotate.Name) < 0)
        {
            throw word.Place.Fault(
                $"experiment '{experiment.Name}' has no hyperparameter '{rotate.Name}'",
                NearestName.Remedy(rotate.Name, experiment.Hyperparameters.Select(declared => declared.Name)));
        }

        if (mutation.OfMetric is { } metric && measured is { } rules && !rules.Any(rule => rule.Metrics.Any(known => known.Name == metric)))
        {
            throw word.Place.Fault(
                $"'{word.Text}' changes the metric '{metric}', which is not measured",
                NearestName.Remedy(
                    metric, rules.SelectMany(rule => rule.Metrics).Select(known => known.Name).Distinct().Order(StringComparer.Ordinal)));
        }

        return mutation;
    }

    private static Errors.SweepException Lacking(YamlTable table, string key) => table.HasMisspelt(key, Keys)
        ? table.Place.Consequence()
        : table.Place.Fault($"a claim lacks '{key}'", Usage);
}
