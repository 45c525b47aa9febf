using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Optimizers;
using Sweeper.Training.Phases;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Engines;

/// <summary>A program that both engines can train; everything random comes from its seed.</summary>
/// <remarks>
/// Objective: a scaling of squared errors, 3 for cross-entropy, 4 for logistic loss of examples, 5 for the expected one. Optimizer: gd,
/// sgd, adam, adamw. Batch: not positive for all.
/// </remarks>
internal sealed record ProgramCase(
    string Widths, double Leak, bool HasBias, bool HasOutputActivation, int Objective, int Optimizer, bool HasDecay, int Lanes,
    int Examples,
    int Batch, bool IsShared, int Seed)
{
    /// <summary>Whether it has the expected logistic loss, which no fused kernel has.</summary>
    public bool IsExpected => Objective == 5;

    /// <summary>The program.</summary>
    public Program Build(ScalarType type)
    {
        var random = new Random(Seed);
        int[] widths = [.. Widths.Split('-').Select(int.Parse)];
        var model = new Mlp([.. widths], Leak, HasOutputActivation, HasBias);
        IObjective objective = Objective switch
        {
            3 => new CrossEntropy(),
            4 => new LogisticLoss(),
            5 => new PopulationLogistic(HalfPlaneLaw.Sphere(3), CPU),
            var scaling => new SquaredError((ErrorScaling)scaling),
        };
        var inputs = Numbers(1, IsShared ? 1 : Lanes, Examples, widths[0]);
        var targets = Objective == 3
            ? tensor([.. Enumerable.Range(0, (IsShared ? 1 : Lanes) * Examples).Select(_ => random.NextInt64(widths[^1]))])
                .view(-1, Examples)
            : Numbers(1, IsShared ? 1 : Lanes, Examples, widths[^1]);
        targets = Objective == 4 ? targets.sign() : Objective == 5 ? targets / targets.square().sum(1, keepdim: true).sqrt() : targets;
        var data = IsShared
            ? new Split("train", inputs.expand(Lanes, -1, -1), targets.expand([Lanes, .. targets.shape[1..]]))
            : new Split("train", inputs, targets);
        var decay = HasDecay ? Column(0.1) : null;
        IOptimizer optimizer = Optimizer switch
        {
            0 => new Sgd(Column(0.02), decay),
            1 => new Sgd(Column(0.01), decay, Column(0.9)),
            var adam => new Adam(Column(0.01), decay, isDecoupled: adam == 3, 0.9, 0.99, 1e-8),
        };
        var rule = new TrainingRule(objective, optimizer)
        {
            Batches = Batch > 0
                ? new Batches(Math.Min(Batch, Examples), [.. Enumerable.Range(0, Lanes).Select(lane => (long)lane % 3)])
                : null,
            RateFactor = static time => LearningRateSchedule.WarmupCosine(time, 5, 80, 0.1),
        };
        return new Program(model, new ParameterSet(model.Layout, Numbers(0.7, Lanes, model.Layout.Size)), rule, objective, [data], []);

        Tensor Numbers(double size, params long[] shape) => tensor(
            [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (product, side) => product * side))
                .Select(_ => (random.NextDouble() * 2 - 1) * size)],
            shape, type);

        Tensor Column(double most) => tensor([.. Enumerable.Range(0, Lanes).Select(_ => random.NextDouble() * most)], [Lanes, 1], type);
    }
}
