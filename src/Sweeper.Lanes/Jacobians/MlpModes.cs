using System.Numerics;
using Sweeper.Lanes.Algebra;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Jacobians;

/// <summary>
/// Singular values of the Jacobians of perceptrons, and products with their singular vectors, group by group: neither Jacobians nor
/// vectors leave the cache.
/// </summary>
internal static unsafe class MlpModes
{
    /// <summary>Those of all networks at their examples.</summary>
    /// <param name="layers">From the inputs on.</param>
    /// <param name="leak">Slope of the activation where its argument is not positive.</param>
    /// <param name="inputs">Examples of each network.</param>
    /// <param name="target">Takes what is wanted, a batch for each network.</param>
    /// <param name="threads">At most so many at once.</param>
    public static void Of<T>(NetworkLayer<T>[] layers, double leak, Inputs<T> inputs, SvdTarget target, int threads)
        where T : unmanaged, INumberBase<T> =>
        LaneWidth.Choose<double, Work<T>>(new Work<T>(layers, leak, inputs, target, threads), target.S.Places.Count);

    /// <summary>The same with registers of one kind.</summary>
    public static void With<TLanes, T>(NetworkLayer<T>[] layers, double leak, Inputs<T> inputs, SvdTarget target, int threads)
        where TLanes : unmanaged, ILanes<TLanes, double>
        where T : unmanaged, INumberBase<T>
    {
        var (rows, columns) = (layers[^1].Outputs, layers[0].Inputs);
        var isWide = rows < columns;
        var sides = isWide ? target.Transposed : target;
        Groups.Each<TLanes, ModeGroup<TLanes, T>>(
            target.S.Places, threads, () => new ModeGroup<TLanes, T>(layers, leak, target.NeedsVectors),
            (network, first, lanes, memory) => memory.Decompose(network, first, lanes, inputs, sides));
    }

    private readonly struct Work<T>(NetworkLayer<T>[] layers, double leak, Inputs<T> inputs, SvdTarget target, int threads)
        : ILaneWork<double>
        where T : unmanaged, INumberBase<T>
    {
        public void With<TLanes>()
            where TLanes : unmanaged, ILanes<TLanes, double> => MlpModes.With<TLanes, T>(layers, leak, inputs, target, threads);
    }
}
