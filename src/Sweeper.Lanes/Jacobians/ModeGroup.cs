using System.Numerics;
using System.Runtime.CompilerServices;
using Sweeper.Lanes.Algebra;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Jacobians;

/// <summary>What a thread needs for the examples of one register.</summary>
internal sealed unsafe class ModeGroup<TLanes, T>(NetworkLayer<T>[] layers, double leak, bool hasVectors) : IDisposable
    where TLanes : unmanaged, ILanes<TLanes, double>
    where T : unmanaged, INumberBase<T>
{
    private readonly int rows = layers[^1].Outputs, columns = layers[0].Inputs;
    private readonly JacobianGroup<TLanes, T> jacobians = new(layers, leak);
    private readonly SvdGroup<TLanes> svd =
        new(Math.Max(layers[^1].Outputs, layers[0].Inputs), Math.Min(layers[^1].Outputs, layers[0].Inputs), hasVectors);

    /// <summary>Decomposes the Jacobians of a network at some examples; transposed ones where they have fewer rows than columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Decompose(int network, int first, int lanes, Inputs<T> inputs, SvdTarget target)
    {
        var jacobian = jacobians.Compute(network, first, lanes, inputs);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var number = TLanes.Load(jacobian + (row * columns + column) * TLanes.Count);
                TLanes.Store(number, rows < columns ? svd.Matrix.At(row, column) : svd.Matrix.At(column, row));
            }
        }

        svd.Decompose(network, first, lanes, target);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        jacobians.Dispose();
        svd.Dispose();
    }
}
