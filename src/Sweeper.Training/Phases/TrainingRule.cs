using Sweeper.Training.Data;
using Sweeper.Training.Objectives;
using Sweeper.Training.Optimizers;

namespace Sweeper.Training.Phases;

/// <summary>How a step changes the networks.</summary>
/// <param name="Objective">What training makes small, on the first part of the data.</param>
/// <param name="Optimizer">How.</param>
internal sealed record TrainingRule(IObjective Objective, IOptimizer Optimizer)
{
    /// <summary>Which examples a step sees; null for all of them.</summary>
    public Batches? Batches { get; init; }

    /// <summary>Factor of the learning rates for the step after so many (<see cref="LearningRateSchedule"/>).</summary>
    public Func<long, double> RateFactor { get; init; } = _ => 1;
}
