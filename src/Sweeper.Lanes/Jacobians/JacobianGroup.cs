using System.Numerics;
using System.Runtime.CompilerServices;
using Sweeper.Lanes.Algebra;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Jacobians;

/// <summary>What a thread needs for the examples of one register.</summary>
internal sealed unsafe class JacobianGroup<TLanes, T> : IDisposable
    where TLanes : unmanaged, ILanes<TLanes, double>
    where T : unmanaged, INumberBase<T>
{
    private readonly NetworkLayer<T>[] layers;
    private readonly double leak;
    private readonly double[] weights;
    private readonly LaneArray<double> units, nextUnits, jacobian, nextJacobian;

    public JacobianGroup(NetworkLayer<T>[] layers, double leak)
    {
        (this.layers, this.leak) = (layers, leak);
        var widest = layers.Max(layer => Math.Max(layer.Inputs, layer.Outputs));
        weights = new double[layers.Max(layer => layer.Inputs * layer.Outputs)];
        (units, nextUnits) = (Numbers(widest), Numbers(widest));
        (jacobian, nextJacobian) = (Numbers(widest * layers[0].Inputs), Numbers(widest * layers[0].Inputs));

        static LaneArray<double> Numbers(int count) => new((long)count * TLanes.Count);
    }

    /// <summary>Jacobians of a network at some examples.</summary>
    public void Compute(int network, int first, int lanes, Inputs<T> inputs, Matrices target)
    {
        var width = layers[0].Inputs;
        double* x = units.Pointer, y = nextUnits.Pointer, before = jacobian.Pointer, after = nextJacobian.Pointer;
        for (var unit = 0; unit < width; unit++)
        {
            for (var lane = 0; lane < TLanes.Count; lane++)
            {
                x[unit * TLanes.Count + lane] = lane < lanes ? double.CreateTruncating(inputs.At(network, first + lane, unit)) : 0;
            }
        }

        for (var place = 0; place < layers.Length; place++)
        {
            var layer = layers[place];
            var matrix = layer.Weights(network);
            for (var number = 0; number < layer.Inputs * layer.Outputs; number++)
            {
                weights[number] = double.CreateTruncating(matrix[number]);
            }

            fixed (double* w = weights)
            {
                Forward(layer, w, layer.Biases(network), x, y, place == 0 ? null : before, after, width);
            }

            var (lastUnits, lastJacobian) = ((nint)x, (nint)before);
            x = y;
            y = (double*)lastUnits;
            before = after;
            after = (double*)lastJacobian;
        }

        var places = target.Places;
        for (var column = 0; column < width; column++)
        {
            var into = target.Column(network, first, column);
            for (var row = 0; row < layers[^1].Outputs; row++)
            {
                Lane<TLanes>.Put(
                    TLanes.Load(before + (row * width + column) * TLanes.Count), into + row * places.Row, places.Matrix, lanes);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        units.Dispose();
        nextUnits.Dispose();
        jacobian.Dispose();
        nextJacobian.Dispose();
    }

    /// <summary>Units and Jacobian of a layer, rows of the Jacobian times the slopes of its units; of the first layer it is W.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward(NetworkLayer<T> layer, double* w, T* biases, double* x, double* y, double* before, double* after, int width)
    {
        for (var output = 0; output < layer.Outputs; output++)
        {
            var row = w + output * layer.Inputs;
            var sum = TLanes.All(biases == null ? 0 : double.CreateTruncating(biases[output]));
            for (var input = 0; input < layer.Inputs; input++)
            {
                sum = TLanes.FusedMultiplyAdd(TLanes.All(row[input]), TLanes.Load(x + input * TLanes.Count), sum);
            }

            var slope = layer.HasActivation
                ? TLanes.Select(TLanes.Greater(sum, default), TLanes.All(1), TLanes.All(leak))
                : TLanes.All(1);
            TLanes.Store(sum * slope, y + output * TLanes.Count);
            Differentiate(row, layer.Inputs, slope, before, after + output * width * TLanes.Count, width);
        }
    }

    /// <summary>A row of slope * W * before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Differentiate(double* row, int inputs, TLanes slope, double* before, double* after, int width)
    {
        if (before == null)
        {
            for (var column = 0; column < width; column++)
            {
                TLanes.Store(TLanes.All(row[column]) * slope, after + column * TLanes.Count);
            }

            return;
        }

        var at = 0;
        for (; at + 3 < width; at += 4)
        {
            TLanes a = default, b = default, c = default, d = default;
            var from = before + at * TLanes.Count;
            for (var input = 0; input < inputs; input++)
            {
                var weight = TLanes.All(row[input]);
                a = TLanes.FusedMultiplyAdd(weight, TLanes.Load(from), a);
                b = TLanes.FusedMultiplyAdd(weight, TLanes.Load(from + TLanes.Count), b);
                c = TLanes.FusedMultiplyAdd(weight, TLanes.Load(from + 2 * TLanes.Count), c);
                d = TLanes.FusedMultiplyAdd(weight, TLanes.Load(from + 3 * TLanes.Count), d);
                from += width * TLanes.Count;
            }

            var into = after + at * TLanes.Count;
            TLanes.Store(a * slope, into);
            TLanes.Store(b * slope, into + TLanes.Count);
            TLanes.Store(c * slope, into + 2 * TLanes.Count);
            TLanes.Store(d * slope, into + 3 * TLanes.Count);
        }

        for (; at < width; at++)
        {
            TLanes sum = default;
            for (var input = 0; input < inputs; input++)
            {
                sum = TLanes.FusedMultiplyAdd(TLanes.All(row[input]), TLanes.Load(before + (input * width + at) * TLanes.Count), sum);
            }

            TLanes.Store(sum * slope, after + at * TLanes.Count);
        }
    }
}
