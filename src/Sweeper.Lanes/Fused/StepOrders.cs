using Sweeper.Lanes.Networks;

namespace Sweeper.Lanes.Fused;

/// <summary>
/// The orders of examples of some steps, as a device is told them: those that are different, and which of them is a lane's.
/// </summary>
internal sealed class StepOrders
{
    private readonly LaneSteps steps;
    private readonly IExamples[] distinct;
    private readonly int examples;

    /// <param name="steps">The steps, at least one.</param>
    /// <param name="examples">Examples that there are.</param>
    public StepOrders(LaneSteps steps, int examples)
    {
        (this.steps, this.examples) = (steps, examples);
        distinct = [.. (steps.Orders ?? []).Distinct()];
        var places = distinct.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        OfLane = steps.Orders is null ? [0] : Array.ConvertAll(steps.Orders, order => places[order]);
    }

    /// <summary>Whether every step sees all examples, as they lie.</summary>
    public bool IsWhole => steps.Orders is null;

    /// <summary>How many orders there are.</summary>
    public int Distinct => distinct.Length;

    /// <summary>The order of each lane.</summary>
    public int[] OfLane { get; }

    /// <summary>Examples of a usual step: only the last one of an epoch is shorter.</summary>
    public int Usual => Math.Max(CountAt(0), CountAt(1));

    /// <summary>Examples of a step.</summary>
    public int CountAt(long step) => IsWhole ? examples : distinct[0].At(Time(step)).Length;

    /// <summary>Examples of steps, [steps][orders][most].</summary>
    /// <param name="first">The first of the steps.</param>
    /// <param name="count">How many.</param>
    /// <param name="most">Examples of the largest one.</param>
    public int[] At(long first, int count, int most)
    {
        var all = new int[(long)count * Distinct * most];
        for (var step = 0; step < count; step++)
        {
            foreach (var (place, order) in distinct.Index())
            {
                order.At(Time(first + step)).CopyTo(all.AsSpan((step * Distinct + place) * most, most));
            }
        }

        return all;
    }

    private long Time(long step) => steps.Clock + step - steps.Since;
}
