using Sweeper.Core.Packing;
using Sweeper.Core.Ports;

namespace Sweeper.Benchmarks;

/// <summary>How fast networks of a shape are trained.</summary>
/// <param name="Shape">In words.</param>
/// <param name="LaneStepsPerSecond">Steps of one network a second, many of them side by side.</param>
/// <param name="OperationsPerSecond">Multiplications and additions that they took.</param>
internal sealed record TrainedShape(string Shape, double LaneStepsPerSecond, double OperationsPerSecond)
{
    /// <summary>Trains them.</summary>
    /// <param name="shape">Which.</param>
    /// <param name="runner">By what.</param>
    /// <param name="engine">And by which engine, where networks are made for it.</param>
    public static TrainedShape Measure(TrainingShape shape, IPackRunner runner, EngineKind engine)
    {
        var (laneSteps, seconds) = (0L, 0.0);
        foreach (var pack in shape.Packs())
        {
            var timed = TimedPack.Train(runner, pack.By(engine));
            laneSteps += timed.Steps * pack.Trials.Length;
            seconds += timed.TrainingSeconds;
        }

        return new TrainedShape(shape.Words, laneSteps / seconds, laneSteps * shape.Operations / seconds);
    }
}
