using Sweeper.Core.Experiments;
using Sweeper.Core.Measurements;

namespace Sweeper.Core.Packing;

/// <summary>What the time of a pack is made of, counted from its static values alone; three numbers that add up over packs.</summary>
/// <param name="Steps">Optimizer steps of the program: each costs something however small the networks are.</param>
/// <param name="Operations">Floating-point operations of training, all lanes.</param>
/// <param name="Measurements">Measured metrics times lanes.</param>
public readonly record struct PackCost(double Steps, double Operations, double Measurements)
{
    /// <summary>Counts a pack.</summary>
    /// <param name="statics">A point of it.</param>
    /// <param name="lanes">Lanes of its program.</param>
    /// <param name="schedule">What is measured.</param>
    public static PackCost Of(Point statics, int lanes, MeasureSchedule schedule)
    {
        var steps = (double)statics.Experiment.LastStep(statics);
        var measured = schedule.Snapshots.Sum(snapshot => (long)snapshot.Metrics.Length);
        return new PackCost(steps, steps * lanes * statics.Experiment.Operations(statics), (double)measured * lanes);
    }

    /// <summary>Together.</summary>
    public static PackCost operator +(PackCost left, PackCost right) =>
        new(left.Steps + right.Steps, left.Operations + right.Operations, left.Measurements + right.Measurements);

    /// <summary>So many times.</summary>
    public static PackCost operator *(double factor, PackCost cost) =>
        new(factor * cost.Steps, factor * cost.Operations, factor * cost.Measurements);
}
