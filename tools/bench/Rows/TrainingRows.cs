using System.Collections.Immutable;
using System.Globalization;

namespace Sweeper.Bench.Rows;

/// <summary>The rows that train and do nothing else.</summary>
internal static class TrainingRows
{
    /// <summary>In the order of the page.</summary>
    public static ImmutableArray<TrainingRow> All { get; } =
    [
        Student("student-12", width: 12, examples: 256, lanes: 64, steps: 500, timesEager: 30, shareOfRate: 0.7),
        Student("student-12-few", width: 12, examples: 24, lanes: 64, steps: 1000, timesEager: 120, shareOfRate: null),
        Student("student-16", width: 16, examples: 256, lanes: 64, steps: 300, timesEager: null, shareOfRate: 0.6),
        Student("student-32", width: 32, examples: 256, lanes: 64, steps: 100, timesEager: null, shareOfRate: 0.6),
        Student("student-64", width: 64, examples: 256, lanes: 16, steps: 100, timesEager: null, shareOfRate: 0.6),
        Student("student-128", width: 128, examples: 256, lanes: 16, steps: 40, timesEager: null, shareOfRate: 0.6),
        Classifier("classifier-64-96", inputs: 64, width: 96, depth: 4, lanes: 16, steps: 120, timesEager: 5),
        Classifier("classifier-784-64", inputs: 784, width: 64, depth: 3, lanes: 16, steps: 100, timesEager: 2),
        Classifier("classifier-784-256", inputs: 784, width: 256, depth: 3, lanes: 16, steps: 40, timesEager: 1.5),
    ];

    private static TrainingRow Student(string name, int width, int examples, int lanes, int steps, double? timesEager, double? shareOfRate) => new(
        name, $"student of 4 matrices, {width} units, {examples} examples, gradient descent, {lanes} lanes", Sweep("teacher-student", string.Create(CultureInfo.InvariantCulture,
            $"width: {width}, inputs: {width}, outputs: {width}, train_examples: {examples}, validation_examples: 8, whiten_validation: false"), lanes, steps),
        timesEager, shareOfRate);

    private static TrainingRow Classifier(string name, int inputs, int width, int depth, int lanes, int steps, double timesEager) => new(
        name, $"classifier {inputs}{string.Concat(Enumerable.Repeat($"-{width}", depth - 1))}-10, batches of 100, momentum, {lanes} lanes that share their data",
        Sweep("mlp-classifier", string.Create(CultureInfo.InvariantCulture,
            $"inputs: {inputs}, width: {width}, depth: {depth}, train_examples: 2000, validation_examples: 8, data_seed: 0, label_noise_seed: 0"), lanes, steps),
        timesEager, ShareOfRate: null);

    private static string Sweep(string experiment, string settings, int lanes, int steps) => string.Create(CultureInfo.InvariantCulture, $$"""
        sweep: bench
        experiment: {{experiment}}
        fixed: { {{settings}}, steps: {{steps + Warm}} }
        seeds: {{lanes}}
        lanes: {{lanes}}
        measure: [ { at: [{{Warm}}], metrics: [loss] }, { at: end, metrics: [loss] } ]
        """);

    /// <summary>Steps before the clock starts.</summary>
    private const int Warm = 20;
}
