using System.Numerics;
using Sweeper.Lanes.Algebra;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Jacobians;

/// <summary>
/// Jacobians of perceptrons with slopes 1 and leak: products of weight matrices whose rows are multiplied by the slopes at an example. In
/// float64, an example of a network an element of a register.
/// </summary>
internal static unsafe class MlpJacobians
{
    /// <summary>Those of all networks at their examples.</summary>
    /// <param name="layers">From the inputs on.</param>
    /// <param name="leak">Slope of the activation where its argument is not positive.</param>
    /// <param name="inputs">Examples as matrices of one column, a batch for each network.</param>
    /// <param name="target">Takes the Jacobians [outputs, inputs], side by side.</param>
    /// <param name="threads">At most so many at once.</param>
    public static void Of<T>(NetworkLayer<T>[] layers, double leak, Inputs<T> inputs, Matrices target, int threads)
        where T : unmanaged, INumberBase<T> =>
        LaneWidth.Choose<double, Work<T>>(new Work<T>(layers, leak, inputs, target, threads), target.Places.Count);

    /// <summary>The same with registers of one kind.</summary>
    public static void With<TLanes, T>(NetworkLayer<T>[] layers, double leak, Inputs<T> inputs, Matrices target, int threads)
        where TLanes : unmanaged, ILanes<TLanes, double>
        where T : unmanaged, INumberBase<T> =>
        Groups.Each<TLanes, JacobianGroup<TLanes, T>>(
            target.Places, threads, () => new JacobianGroup<TLanes, T>(layers, leak),
            (network, first, lanes, memory) =>
            {
                var jacobian = memory.Compute(network, first, lanes, inputs);
                for (var row = 0; row < layers[^1].Outputs; row++)
                {
                    for (var column = 0; column < layers[0].Inputs; column++)
                    {
                        var into = target.Column(network, first, column) + row * target.Places.Row;
                        Lane<TLanes>.Put(
                            TLanes.Load(jacobian + (row * layers[0].Inputs + column) * TLanes.Count), into, target.Places.Matrix, lanes);
                    }
                }
            });

    private readonly struct Work<T>(NetworkLayer<T>[] layers, double leak, Inputs<T> inputs, Matrices target, int threads)
        : ILaneWork<double>
        where T : unmanaged, INumberBase<T>
    {
        public void With<TLanes>()
            where TLanes : unmanaged, ILanes<TLanes, double> => MlpJacobians.With<TLanes, T>(layers, leak, inputs, target, threads);
    }
}
