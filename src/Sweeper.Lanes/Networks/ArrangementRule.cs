using Sweeper.Lanes.Networks.Kernels;

namespace Sweeper.Lanes.Networks;

/// <summary>
/// Whether registers hold a number of each of several lanes (<see cref="ByLane{TLanes,T}"/>) or neighbouring units of one lane
/// (<see cref="ByUnit{TLanes,T}"/>): a matter of speed alone, since bits are the same. By what stays empty in registers, and by what stays
/// in the cache.
/// </summary>
internal static class ArrangementRule
{
    // By unit, weights are turned once a step, and narrow layers keep few sums on their way: measured at 12 and 16 units.
    private const double CostByUnit = 1.4;

    // Beside as many gradients and some units, this is what a core's own cache holds: measured between 32 and 64 units.
    private const long Cached = 384 << 10;

    /// <summary>Whether it is by unit.</summary>
    /// <param name="shape">The networks.</param>
    /// <param name="lanes">Lanes to be trained together, at most as many as a register holds.</param>
    /// <param name="count">Numbers of a register.</param>
    /// <param name="bytes">Bytes of a number.</param>
    public static bool IsByUnit(MlpShape shape, int lanes, int count, int bytes) =>
        (long)MlpMemory.ByLane(shape).Size * count * bytes > Cached || (double)count / lanes > CostByUnit * FilledUp(shape, count);

    /// <summary>How many times as many multiply-adds are done when units are filled up to whole registers.</summary>
    private static double FilledUp(MlpShape shape, int count)
    {
        double wanted = 0, done = 0;
        for (var layer = 0; layer < shape.Depth; layer++)
        {
            double inputs = shape.Widths[layer], outputs = shape.Widths[layer + 1];
            // Forward and the gradient; and back, where a layer is before this one.
            wanted += (layer == 0 ? 2 : 3) * inputs * outputs;
            done += 2 * inputs * Whole(outputs) + (layer == 0 ? 0 : Whole(inputs) * outputs);
        }

        return done / wanted;

        double Whole(double units) => count * Math.Ceiling(units / count);
    }
}
