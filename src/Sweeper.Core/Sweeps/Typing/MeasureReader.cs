using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Measurements;
using Sweeper.Core.Sweeps.Reading;

namespace Sweeper.Core.Sweeps.Typing;

/// <summary>Reads `measure`: a list of { at: when, metrics: [which] }.</summary>
internal static class MeasureReader
{
    private const string Usage =
        "write `- { at: { log: 100 }, metrics: [loss] }`; at is a list of steps, { every: n }, { log: count } or end";
    private const int DefaultCount = 50;
    private const int MostLogSteps = 100_000;

    /// <summary>The rules; where the file is silent, the experiment's own metrics at 50 steps.</summary>
    public static ImmutableArray<MeasureRule> Read(YamlNode? node, ExperimentDeclaration experiment, Faults faults)
    {
        if (node is null)
        {
            return [new MeasureRule(new MeasureSteps.Log(DefaultCount),
                [.. Defaults(experiment).Select(Versioned).OrderBy(metric => metric.Name, StringComparer.Ordinal)], null)];
        }

        var items = faults.List(() => node is YamlList { Items.IsEmpty: false } list ? list.Items
            : throw node.Place.Fault($"'measure' must be a list, but {(node is YamlList ? "an empty list" : node.Shape)} stands here",
                Usage));
        return [.. faults.Each(items, item => Rule(SectionsReader.Table(item, "an entry of 'measure'"), experiment, faults))
            .OfType<MeasureRule>()];
    }

    private static IEnumerable<MetricDeclaration> Defaults(ExperimentDeclaration experiment) =>
        experiment.Metrics.Where(metric => experiment.DefaultMetrics.IsEmpty || experiment.DefaultMetrics.Contains(metric.Name));

    private static MeasureRule? Rule(YamlTable table, ExperimentDeclaration experiment, Faults faults)
    {
        faults.Each(table.Entries, entry => entry.Name is "at" or "metrics" ? entry
            : throw entry.Key.Place.Fault($"unknown key '{entry.Name}' in an entry of 'measure'",
                NearestName.Remedy(entry.Name, ["at", "metrics"])));
        YamlNode Find(string key) => table.Entries.FirstOrDefault(entry => entry.Name == key)?.Value
            ?? throw (table.HasMisspelt(key, "at", "metrics") ? table.Place.Consequence()
                : table.Place.Fault($"an entry of 'measure' lacks '{key}'", Usage));
        var steps = faults.Try(() => Steps(Find("at"), faults));
        var metrics = faults.List(() => Find("metrics") is YamlList { Items.IsEmpty: true } empty
            ? throw empty.Place.Fault("the list of metrics is empty", "name at least one metric, or remove the entry")
            : ScalarReader.Words(Find("metrics"), "'metrics'", word => Metric(word, experiment), faults));
        var isWhole = steps is not null && Find("metrics") is YamlList all && metrics.Length == all.Items.Length;
        return isWhole
            ? new MeasureRule(
                steps!, [.. metrics.Select(Versioned).OrderBy(metric => metric.Name, StringComparer.Ordinal)], Find("at").Place)
            : null;
    }

    private static MetricVersion Versioned(MetricDeclaration metric) => new(metric.Name, metric.Version);

    private static MetricDeclaration Metric(YamlScalar word, ExperimentDeclaration experiment) =>
        experiment.Metrics.FirstOrDefault(metric => metric.Name == word.Text) ?? throw word.Place.Fault(
            $"experiment '{experiment.Name}' has no metric '{word.Text}'",
            NearestName.Remedy(word.Text, experiment.Metrics.Select(metric => metric.Name)));

    private static MeasureSteps Steps(YamlNode node, Faults faults) => node switch
    {
        YamlScalar { Text: "end" } => new MeasureSteps.End(),
        YamlList list => Listed(list, faults),
        YamlTable { Entries: [{ Name: "every" } every] } =>
            new MeasureSteps.Every(ScalarReader.Whole(every.Value, "the interval of 'every'", 1)),
        YamlTable { Entries: [{ Name: "log" } log] } =>
            new MeasureSteps.Log((int)ScalarReader.Whole(log.Value, "the count of 'log'", 2, MostLogSteps)),
        YamlTable { Entries: [var unknown] } =>
            throw unknown.Key.Place.Fault($"'at' does not know '{unknown.Name}'", NearestName.Remedy(unknown.Name, ["every", "log"])),
        _ => throw node.Place.Fault($"'at' cannot be {node.Shape}", Usage),
    };

    private static MeasureSteps.Listed Listed(YamlList list, Faults faults)
    {
        var steps = new SortedSet<long>();
        faults.Each(list.Items, item => ScalarReader.Whole(item, "a step", 0) is var step && steps.Add(step) ? step
            : throw item.Place.Fault($"the step {step} stands twice", "keep one of the two"));
        return !list.Items.IsEmpty ? new MeasureSteps.Listed([.. steps]) : throw list.Place.Fault("the list of steps is empty", Usage);
    }
}
