using System.Collections.Immutable;
using System.Globalization;
using Sweeper.Composition;
using Sweeper.Core.Packing;
using Sweeper.Core.Sweeps;

namespace Sweeper.Benchmarks;

/// <summary>
/// Networks to be trained for the sake of the time that they take: a sweep that measures its loss after the first steps and at the end.
/// </summary>
/// <param name="Words">What is trained.</param>
/// <param name="Multiplications">Of one example on its way through each layer.</param>
/// <param name="Examples">Examples that a step sees.</param>
/// <param name="Text">The sweep.</param>
internal sealed record TrainingShape(string Words, ImmutableArray<double> Multiplications, int Examples, string Text)
{
    /// <summary>Steps before the clock starts.</summary>
    private const int Warm = 20;

    /// <summary>
    /// Multiplications and additions of a lane-step: three products a layer, but for the first, whose inputs need no gradient.
    /// </summary>
    public double Operations =>
        2.0 * Examples * ((3 * Multiplications.Sum()) - Multiplications[0]);

    /// <summary>The sweep's packs: one, but for networks of which a pack holds a few only.</summary>
    public ImmutableArray<PackWork> Packs()
    {
        var plan = SweepPlan.Parse(Text, CompositionRoot.Experiments);
        return [.. plan.Packs.Select(pack => plan.WorkFor(pack, (_, _) => true))];
    }

    /// <summary>Leaky-ReLU students of four matrices, full batch, gradient descent.</summary>
    public static TrainingShape Student(int width, int examples, int lanes, int steps) => new(
        $"students of 4 x {width} units, {examples} examples", [.. Enumerable.Repeat((double)width * width, 4)], examples,
        Sweep("teacher-student", string.Create(CultureInfo.InvariantCulture,
            $"width: {width}, inputs: {width}, outputs: {width}, learning_rate: 2e-4, train_examples: {examples}, validation_examples: 8, "
            + $"whiten_validation: false"), lanes, steps));

    /// <summary>Classifiers of ten classes, batches of 100, momentum; all lanes share their data.</summary>
    public static TrainingShape Classifier(int inputs, int width, int depth, int lanes, int steps) => new(
        $"classifiers {inputs}{string.Concat(Enumerable.Repeat($"-{width}", depth - 1))}-10, batches of 100, momentum",
        [(double)inputs * width, .. Enumerable.Repeat((double)width * width, depth - 2), width * 10.0], 100,
        Sweep("mlp-classifier", string.Create(CultureInfo.InvariantCulture,
            $"inputs: {inputs}, width: {width}, depth: {depth}, train_examples: 2000, validation_examples: 8, data_seed: 0, "
            + $"label_noise_seed: 0"), lanes, steps));

    /// <summary>
    /// Encoders of pictures of 28 x 28, two convolutions 3 x 3 of stride 2 and one matrix, full batch, gradient descent; all lanes share
    /// their pictures. Their teacher is left untrained: that takes long, and the student's steps cost the same. The rate is one at which
    /// the loss falls to a fifth, so that final losses say whether two sides did the same.
    /// </summary>
    public static TrainingShape Encoder(int examples, int lanes, int steps) => new(
        $"encoders 28 x 28 - 8 x 14 x 14 - 16 x 7 x 7 - 5 by convolutions, {examples} examples",
        [9 * 8 * 14 * 14, 9 * 8 * 16 * 7 * 7, 16 * 7 * 7 * 5], examples,
        Sweep("latent-autoencoder", string.Create(CultureInfo.InvariantCulture,
            $"optimizer: gd, learning_rate: 2e-2, init_scale: 1, teacher_steps: 0, train_examples: {examples}, "
            + $"validation_examples: 8"), lanes, steps));

    private static string Sweep(string experiment, string settings, int lanes, int steps) =>
        string.Create(CultureInfo.InvariantCulture, $$"""
            sweep: bench
            experiment: {{experiment}}
            fixed: { {{settings}}, steps: {{steps + Warm}} }
            seeds: {{lanes}}
            lanes: {{lanes}}
            measure: [ { at: [{{Warm}}], metrics: [loss] }, { at: end, metrics: [loss] } ]
            """);
}
