using System.Collections.Immutable;
using System.Globalization;
using Sweeper.Composition;
using Sweeper.Core.Packing;
using Sweeper.Core.Sweeps;

namespace Sweeper.Benchmarks;

/// <summary>
/// Networks to be trained for the sake of the time that they take: a sweep that measures its loss behind the first steps and at the end.
/// </summary>
/// <param name="Words">What is trained.</param>
/// <param name="Widths">Units from the inputs to the outputs.</param>
/// <param name="Examples">Examples that a step sees.</param>
/// <param name="Text">The sweep.</param>
internal sealed record TrainingShape(string Words, ImmutableArray<int> Widths, int Examples, string Text)
{
    /// <summary>Steps before the clock starts.</summary>
    private const int Warm = 20;

    /// <summary>
    /// Multiplications and additions of a lane-step: three products a matrix, but for the first, whose inputs need no gradient.
    /// </summary>
    public double Operations =>
        2.0 * Examples * Enumerable.Range(0, Widths.Length - 1).Sum(layer => (layer == 0 ? 2.0 : 3.0) * Widths[layer] * Widths[layer + 1]);

    /// <summary>The sweep's packs: one, but for networks of which a pack holds a few only.</summary>
    public ImmutableArray<PackWork> Packs()
    {
        var plan = SweepPlan.Parse(Text, House.Experiments);
        return [.. plan.Packs.Select(pack => plan.WorkFor(pack, (_, _) => true))];
    }

    /// <summary>Leaky-ReLU students of four matrices, full batch, gradient descent.</summary>
    public static TrainingShape Student(int width, int examples, int lanes, int steps) => new(
        $"students of 4 x {width} units, {examples} examples", [.. Enumerable.Repeat(width, 5)], examples,
        Sweep("teacher-student", string.Create(CultureInfo.InvariantCulture,
            $"width: {width}, inputs: {width}, outputs: {width}, learning_rate: 2e-4, train_examples: {examples}, validation_examples: 8, whiten_validation: false"), lanes, steps));

    /// <summary>Classifiers of ten classes, batches of 100, momentum; all lanes share their data.</summary>
    public static TrainingShape Classifier(int inputs, int width, int depth, int lanes, int steps) => new(
        $"classifiers {inputs}{string.Concat(Enumerable.Repeat($"-{width}", depth - 1))}-10, batches of 100, momentum",
        [inputs, .. Enumerable.Repeat(width, depth - 1), 10], 100,
        Sweep("mlp-classifier", string.Create(CultureInfo.InvariantCulture,
            $"inputs: {inputs}, width: {width}, depth: {depth}, train_examples: 2000, validation_examples: 8, data_seed: 0, label_noise_seed: 0"), lanes, steps));

    private static string Sweep(string experiment, string settings, int lanes, int steps) => string.Create(CultureInfo.InvariantCulture, $$"""
        sweep: bench
        experiment: {{experiment}}
        fixed: { {{settings}}, steps: {{steps + Warm}} }
        seeds: {{lanes}}
        lanes: {{lanes}}
        measure: [ { at: [{{Warm}}], metrics: [loss] }, { at: end, metrics: [loss] } ]
        """);
}
