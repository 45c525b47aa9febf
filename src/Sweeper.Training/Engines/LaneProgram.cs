using Sweeper.Lanes.Networks;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Phases;
using static TorchSharp.torch;

namespace Sweeper.Training.Engines;

/// <summary>What of a program the engines of our own read: the one rule of which programs they can train.</summary>
internal static class LaneProgram
{
    /// <summary>
    /// How the networks are trained, as data; null where that is more than perceptrons with the known objectives and optimizers.
    /// </summary>
    public static LaneTraining? Of(Program program)
    {
        if (program is not { Model: Mlp { Shape: { Leak: >= 0 and <= 1 } shape }, Rule: { } rule, Splits: [var data, ..] }
            || program.Initial.Flat is not { dtype: ScalarType.Float32 or ScalarType.Float64 } numbers
            || data.Inputs.dtype != numbers.dtype)
        {
            return null;
        }

        Objective? objective = rule.Objective switch
        {
            SquaredError squares when data.Targets.dtype == numbers.dtype =>
                new Objective.SquaredError(n => squares.Slope(n, shape.Widths[^1])),
            CrossEntropy when data.Targets.dtype == ScalarType.Int64 => new Objective.CrossEntropy(),
            LogisticLoss when data.Targets.dtype == numbers.dtype && shape.Widths[^1] == 1 => new Objective.Logistic(),
            // It is computed in float64 whatever the networks have.
            PopulationLogistic { Law: var law }
                when rule.Batches is null && (numbers.dtype, data.Targets.dtype) is (ScalarType.Float64, ScalarType.Float64) =>
                new Objective.ExpectedLogistic(law.Forward, law.Aside, law.Shares),
            _ => null,
        };
        return objective is not null && rule.Optimizer.AsData(numbers.shape[0]) is { } update
            ? new LaneTraining(shape, objective, update)
            : null;
    }

    /// <summary>Targets as numbers [K, n, o]: of classes [K, n] 1 for the one and 0 for the others.</summary>
    public static Tensor Targets(LaneTraining training, Tensor targets, ScalarType type) => training.Objective is Objective.CrossEntropy
        ? nn.functional.one_hot(targets, training.Shape.Widths[^1]).to(type)
        : targets;
}
