using System.Numerics;
using System.Runtime.CompilerServices;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Jacobians;

/// <summary>What a thread needs for the examples of one register.</summary>
internal sealed unsafe class JacobianGroup<TLanes, T> : IDisposable
    where TLanes : unmanaged, ILanes<TLanes, double>
    where T : unmanaged, INumberBase<T>
{
    private readonly NetworkLayer<T>[] layers;
    private readonly double leak;
    private readonly LaneArray<double> numbers;
    private readonly int[] begins;
    private int known = -1;
    private readonly LaneArray<double> units, nextUnits, slopes, jacobian, nextJacobian;

    public JacobianGroup(NetworkLayer<T>[] layers, double leak)
    {
        (this.layers, this.leak) = (layers, leak);
        var widest = layers.Max(layer => Math.Max(layer.Inputs, layer.Outputs));
        begins = [.. layers.Select((_, place) => layers.Take(place).Sum(layer => (layer.Inputs + 1) * layer.Outputs))];
        numbers = new LaneArray<double>(layers.Sum(layer => (layer.Inputs + 1) * layer.Outputs));
        (units, nextUnits, slopes) = (Numbers(widest), Numbers(widest), Numbers(widest));
        (jacobian, nextJacobian) = (Numbers(widest * layers[0].Inputs), Numbers(widest * layers[0].Inputs));

        static LaneArray<double> Numbers(int count) => new((long)count * TLanes.Count);
    }

    /// <summary>Jacobians of a network at some examples, [output][input][lane]; valid until the next ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double* Compute(int network, int first, int lanes, Inputs<T> inputs)
    {
        Widen(network);
        var width = layers[0].Inputs;
        double* x = units.Pointer, y = nextUnits.Pointer, before = jacobian.Pointer, after = nextJacobian.Pointer;
        for (var unit = 0; unit < width; unit++)
        {
            for (var lane = 0; lane < TLanes.Count; lane++)
            {
                x[unit * TLanes.Count + lane] = lane < lanes ? Wide(inputs.At(network, first + lane, unit)) : 0;
            }
        }

        for (var place = 0; place < layers.Length; place++)
        {
            var layer = layers[place];
            Forward(layer, numbers.Pointer + begins[place], x, y, place == 0 ? null : before, after, width);
            var (lastUnits, lastJacobian) = ((nint)x, (nint)before);
            x = y;
            y = (double*)lastUnits;
            before = after;
            after = (double*)lastJacobian;
        }

        return before;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        numbers.Dispose();
        units.Dispose();
        nextUnits.Dispose();
        slopes.Dispose();
        jacobian.Dispose();
        nextJacobian.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Wide(T number) => typeof(T) == typeof(float) ? (float)(object)number : double.CreateTruncating(number);

    /// <summary>Weights of a network in float64, after those of each layer its biases.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Widen(int network)
    {
        for (var place = 0; place < (network == known ? 0 : layers.Length); place++)
        {
            var layer = layers[place];
            var into = numbers.Pointer + begins[place];
            T* weights = layer.Weights(network), biases = layer.Biases(network);
            for (var number = 0; number < layer.Inputs * layer.Outputs; number++)
            {
                *into++ = Wide(weights[number]);
            }

            for (var output = 0; output < layer.Outputs; output++)
            {
                *into++ = biases == null ? 0 : Wide(biases[output]);
            }
        }

        known = network;
    }

    /// <summary>Units and Jacobian of a layer, rows of the Jacobian times the slopes of its units; of the first layer it is W.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward(NetworkLayer<T> layer, double* w, double* x, double* y, double* before, double* after, int width)
    {
        Apply(layer, w, x, y);
        if (before == null)
        {
            Begin(w, layer.Outputs, after, width);
            return;
        }

        // Rows by twos; the last of an odd number twice.
        for (var output = 0; output < layer.Outputs; output += 2)
        {
            JacobianRow<TLanes>.Compute(Row(output), Row(Math.Min(output + 1, layer.Outputs - 1)), layer.Inputs, before, width);
        }

        JacobianRow<TLanes> Row(int output) => new(
            w + output * layer.Inputs, slopes.Pointer + output * TLanes.Count, after + output * width * TLanes.Count);
    }

    /// <summary>Units of a layer, and the slopes at them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Apply(NetworkLayer<T> layer, double* w, double* x, double* y)
    {
        var biases = w + layer.Inputs * layer.Outputs;
        for (var output = 0; output < layer.Outputs; output++)
        {
            var row = w + output * layer.Inputs;
            var sum = TLanes.All(biases[output]);
            for (var input = 0; input < layer.Inputs; input++)
            {
                sum = TLanes.FusedMultiplyAdd(TLanes.All(row[input]), TLanes.Load(x + input * TLanes.Count), sum);
            }

            var slope = layer.HasActivation
                ? TLanes.Select(TLanes.Greater(sum, default), TLanes.All(1), TLanes.All(leak))
                : TLanes.All(1);
            TLanes.Store(sum * slope, y + output * TLanes.Count);
            TLanes.Store(slope, slopes.Pointer + output * TLanes.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Begin(double* w, int outputs, double* after, int width)
    {
        for (var output = 0; output < outputs; output++)
        {
            var slope = TLanes.Load(slopes.Pointer + output * TLanes.Count);
            for (var column = 0; column < width; column++)
            {
                TLanes.Store(TLanes.All(w[output * width + column]) * slope, after + (output * width + column) * TLanes.Count);
            }
        }
    }
}
