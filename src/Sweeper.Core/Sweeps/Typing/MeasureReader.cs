using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Measurements;
using Sweeper.Core.Sweeps.Reading;

namespace Sweeper.Core.Sweeps.Typing;

/// <summary>Reads `measure`: a list of { at: when, metrics: [which] }.</summary>
internal static class MeasureReader
{
    private const string Usage = "write `- { at: { log: 100 }, metrics: [loss] }`; at is a list of steps, { every: n }, { log: count } or end";
    private const int DefaultCount = 50;
    private const int MostLogSteps = 100_000;

    /// <summary>The rules; where the file is silent, the experiment's own metrics at 50 steps.</summary>
    public static ImmutableArray<MeasureRule> Read(YamlNode? node, ExperimentDeclaration experiment) => node switch
    {
        null => [new MeasureRule(new MeasureSteps.Log(DefaultCount), [.. Defaults(experiment).Select(Versioned).OrderBy(metric => metric.Name, StringComparer.Ordinal)], null)],
        YamlList { Items.Length: > 0 } list => [.. list.Items.Select(item => Rule(SectionsReader.Table(item, "an entry of 'measure'"), experiment))],
        _ => throw node.Place.Fault($"'measure' must be a list, but {(node is YamlList ? "an empty list" : node.Shape)} stands here", Usage),
    };

    private static IEnumerable<MetricDeclaration> Defaults(ExperimentDeclaration experiment) =>
        experiment.Metrics.Where(metric => experiment.DefaultMetrics.IsEmpty || experiment.DefaultMetrics.Contains(metric.Name));

    private static MeasureRule Rule(YamlTable table, ExperimentDeclaration experiment)
    {
        if (table.Entries.FirstOrDefault(entry => entry.Name is not ("at" or "metrics")) is { } unknown)
        {
            throw unknown.Key.Place.Fault($"unknown key '{unknown.Name}' in an entry of 'measure'", NearestName.Remedy(unknown.Name, ["at", "metrics"]));
        }

        YamlNode Find(string key) => table.Entries.FirstOrDefault(entry => entry.Name == key)?.Value
            ?? throw table.Place.Fault($"an entry of 'measure' lacks '{key}'", Usage);
        var at = Find("at");
        var steps = Steps(at);
        var metrics = ScalarReader.Words(Find("metrics"), "'metrics'").Select(word => Metric(word, experiment)).ToArray();
        return metrics.Length > 0
            ? new MeasureRule(steps, [.. metrics.Select(Versioned).OrderBy(metric => metric.Name, StringComparer.Ordinal)], at.Place)
            : throw Find("metrics").Place.Fault("the list of metrics is empty", "name at least one metric, or remove the entry");
    }

    private static MetricVersion Versioned(MetricDeclaration metric) => new(metric.Name, metric.Version);

    private static MetricDeclaration Metric(YamlScalar word, ExperimentDeclaration experiment) =>
        experiment.Metrics.FirstOrDefault(metric => metric.Name == word.Text) ?? throw word.Place.Fault(
            $"experiment '{experiment.Name}' has no metric '{word.Text}'", NearestName.Remedy(word.Text, experiment.Metrics.Select(metric => metric.Name)));

    private static MeasureSteps Steps(YamlNode node) => node switch
    {
        YamlScalar { Text: "end" } => new MeasureSteps.End(),
        YamlList list => Listed(list),
        YamlTable { Entries: [{ Name: "every" } every] } => new MeasureSteps.Every(ScalarReader.Whole(every.Value, "the interval of 'every'", 1)),
        YamlTable { Entries: [{ Name: "log" } log] } => new MeasureSteps.Log((int)ScalarReader.Whole(log.Value, "the count of 'log'", 2, MostLogSteps)),
        YamlTable { Entries: [var unknown] } => throw unknown.Key.Place.Fault($"'at' does not know '{unknown.Name}'", NearestName.Remedy(unknown.Name, ["every", "log"])),
        _ => throw node.Place.Fault($"'at' cannot be {node.Shape}", Usage),
    };

    private static MeasureSteps.Listed Listed(YamlList list)
    {
        var steps = new SortedSet<long>();
        foreach (var item in list.Items)
        {
            var step = ScalarReader.Whole(item, "a step", 0);
            if (!steps.Add(step))
            {
                throw item.Place.Fault($"the step {step} stands twice", "keep one of the two");
            }
        }

        return steps.Count > 0 ? new MeasureSteps.Listed([.. steps]) : throw list.Place.Fault("the list of steps is empty", Usage);
    }
}
