using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Phases;

namespace Sweeper.Training.Experiments.Settings;

/// <summary>
/// Training from drawn initial values on mini-batches, as hyperparameters and from them: what experiments share that differ in their
/// networks and data only.
/// </summary>
internal static class TrainingSettings
{
    /// <summary>An epoch in steps, for the doc of `steps`.</summary>
    public const string Epoch = "train_examples / batch";

    /// <summary>Steps, batches, optimizer and the way of its learning rate, with their defaults.</summary>
    /// <param name="steps">Optimizer steps.</param>
    /// <param name="batch">Training examples of a step; 0 for all.</param>
    /// <param name="optimizer">Its family.</param>
    /// <param name="learningRate">Its learning rate.</param>
    /// <param name="beta2">Decay of Adam's second moment.</param>
    /// <param name="weightDecay">Weight decay.</param>
    /// <param name="epoch">How many steps an epoch has, where the doc is to say so.</param>
    /// <param name="loss">What else is said of the loss.</param>
    public static ImmutableArray<Hyperparameter> Declared(
        long steps, long batch, string optimizer, double learningRate, double beta2 = 0.999, double weightDecay = 0, string? epoch = null,
        params ReadOnlySpan<Hyperparameter> loss) =>
    [
        Hyperparameter.Integer(
            "steps", Binding.Static, steps, epoch is null ? "Optimizer steps." : $"Optimizer steps; an epoch is {epoch} of them.") with
        {
            Minimum = 0,
        },
        BatchSettings.Size(batch),
        .. loss,
        OptimizerSettings.Family(optimizer),
        .. OptimizerSettings.Numbers(learningRate, beta2, weightDecay),
        .. RateSettings.Declared,
    ];

    /// <summary>The streams of networks and of the order of the examples.</summary>
    /// <param name="initial">What is drawn of a network, in words.</param>
    public static SeededStream[] Streams(string initial = "initial weights and biases") =>
        [new("init", -1, initial, $"{char.ToUpperInvariant(initial[0])}{initial[1..]}."), BatchSettings.Order];

    /// <summary>Training and validation examples together.</summary>
    public static long Examples(Point point) => point.Integer("train_examples") + point.Integer("validation_examples");

    /// <summary>Initial values of all lanes in the pack's type.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="layout">Parameters of its networks.</param>
    /// <param name="seeds">Per lane, where they are not those of the stream.</param>
    public static ParameterSet Initial(PackContext pack, ParameterLayout layout, long[]? seeds = null) =>
        new(layout, pack.Draw(seeds ?? pack.Seeds("init"), layout.Initialise, layout.Size).to(pack.Type).contiguous());

    /// <summary>The rule of a pack.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="layout">Parameters of its networks.</param>
    /// <param name="objective">What is trained.</param>
    /// <param name="orderSeeds">Per lane, of the order of its examples, where they are not those of the stream.</param>
    public static TrainingRule Rule(PackContext pack, ParameterLayout layout, IObjective objective, long[]? orderSeeds = null) =>
        new(objective, OptimizerSettings.Build(pack, layout))
        {
            Batches = BatchSettings.Build(pack, orderSeeds), RateFactor = RateSettings.Factor(pack.Statics),
        };

    /// <summary>The program of a pack whose trials have one network each.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="model">Its networks.</param>
    /// <param name="trained">The loss that is minimised.</param>
    /// <param name="reported">The loss that is measured.</param>
    /// <param name="splits">The data, training examples first.</param>
    public static Program Build(PackContext pack, IModel model, IObjective trained, IObjective reported, ImmutableArray<Split> splits) =>
        new(
            model, Initial(pack, model.Layout), Rule(pack, model.Layout, trained), reported, splits,
            [new Phase.Train(pack.Statics.Integer("steps"))]);
}
