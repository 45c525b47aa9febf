using System.Collections.Immutable;
using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Optimizers;

namespace Sweeper.Training.Phases;

/// <summary>What one pack trains: data, networks and phases. Built by an experiment; running it changes none of it.</summary>
/// <param name="Model">The networks.</param>
/// <param name="Initial">Their parameters at step 0, [K, P].</param>
/// <param name="Objective">What training makes small, on the first of <paramref name="Splits"/>.</param>
/// <param name="Reported">The loss that is measured.</param>
/// <param name="Optimizer">How.</param>
/// <param name="Splits">Training data first.</param>
/// <param name="Phases">In order.</param>
internal sealed record Program(
    IModel Model, ParameterSet Initial, IObjective Objective, IObjective Reported, IOptimizer Optimizer,
    ImmutableArray<Split> Splits, ImmutableArray<Phase> Phases)
{
    /// <summary>The network that made the targets, where there is one.</summary>
    public Teacher? Teacher { get; init; }

    /// <summary>Factor of the learning rates for the step after so many (<see cref="LearningRateSchedule"/>).</summary>
    public Func<long, double> RateFactor { get; init; } = _ => 1;

    /// <summary>A lane whose training loss exceeds so many times the sum of its first loss and the mean square of its targets has diverged.</summary>
    public double DivergenceRatio { get; init; } = 1e6;
}

/// <summary>A network that makes targets.</summary>
/// <param name="Model">Its architecture.</param>
/// <param name="Parameters">[K, P], float64 whatever the pack's type.</param>
internal sealed record Teacher(IPiecewiseLinear Model, ParameterSet Parameters);
