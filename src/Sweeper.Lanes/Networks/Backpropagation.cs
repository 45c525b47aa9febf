using System.Numerics;
using Sweeper.Lanes.Networks.Kernels;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Networks;

/// <summary>
/// Gradients of the networks of one register. Examples go through all layers in chunks that stay in the cache; how many there are in one
/// changes no bit.
/// </summary>
internal sealed unsafe class Backpropagation<TLanes, T> : IDisposable
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly MlpMemory memory;
    private readonly Objective objective;
    private readonly int outputs;
    private readonly T leak;
    private readonly LaneArray<T>[] units;
    private readonly LaneArray<T> errors, before;
    private readonly nint unit;

    /// <param name="training">The networks and what they learn.</param>
    /// <param name="memory">Where their numbers lie.</param>
    /// <param name="chunk">Examples of a chunk, a multiple of a tile.</param>
    public Backpropagation(LaneTraining training, MlpMemory memory, int chunk)
    {
        this.memory = memory;
        var shape = training.Shape;
        objective = training.Objective;
        outputs = shape.Widths[^1];
        leak = T.CreateChecked(shape.Leak);
        unit = (nint)chunk * TLanes.Count;
        units = [.. shape.Widths.Skip(1).Select(width => new LaneArray<T>(MlpMemory.Padded(width) * unit))];
        errors = new LaneArray<T>(shape.Widths.Max() * unit);
        before = new LaneArray<T>(shape.Widths.Max() * unit);
    }

    /// <summary>Adds a chunk's part of the gradient of a step; the first one sets it.</summary>
    /// <param name="numbers">The networks.</param>
    /// <param name="gradient">As many.</param>
    /// <param name="chunk">Inputs and targets.</param>
    /// <param name="count">How many examples there are in it.</param>
    /// <param name="examples">Examples of the step.</param>
    /// <param name="isFirst">Whether it is the first chunk of a step.</param>
    public void Add(T* numbers, T* gradient, Chunk<T> chunk, int count, int examples, bool isFirst)
    {
        Forward(numbers, chunk.Inputs, MlpMemory.Padded(count));
        OutputErrors(chunk.Targets, count, examples);
        var (error, next) = (errors, before);
        for (var layer = memory.Layers.Length - 1; layer >= 0; layer--)
        {
            var shape = memory.Layers[layer];
            WeightGradient<TLanes, T>.Add(
                error.Pointer, layer == 0 ? chunk.Inputs : units[layer - 1].Pointer, unit, At(gradient, shape.Weights),
                shape.Stride * TLanes.Count, shape.Outputs, MlpMemory.Padded(shape.Inputs), count, isFirst);
            if (shape.Bias is { } bias)
            {
                WeightGradient<TLanes, T>.AddBias(error.Pointer, unit, At(gradient, bias), shape.Outputs, count, isFirst);
            }

            if (layer > 0)
            {
                BackThrough(layer, At(numbers, shape.Weights), error.Pointer, next.Pointer, MlpMemory.Padded(count));
                (error, next) = (next, error);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var array in (LaneArray<T>[])[errors, before, .. units])
        {
            array.Dispose();
        }
    }

    private static T* At(T* numbers, int place) => numbers + (nint)place * TLanes.Count;

    private void Forward(T* numbers, T* inputs, int examples)
    {
        for (var layer = 0; layer < units.Length; layer++)
        {
            var shape = memory.Layers[layer];
            T* weights = At(numbers, shape.Weights), from = layer == 0 ? inputs : units[layer - 1].Pointer, to = units[layer].Pointer;
            var start = shape.Bias is { } bias ? At(numbers, bias) : null;
            nint row = shape.Stride * TLanes.Count, column = TLanes.Count;
            if (shape.HasActivation)
            {
                Product<TLanes, T>.Of(
                    weights, row, column, from, unit, to, start, shape.Outputs, shape.Inputs, examples, new Activated<TLanes, T>(leak));
            }
            else
            {
                Product<TLanes, T>.Of(
                    weights, row, column, from, unit, to, start, shape.Outputs, shape.Inputs, examples, default(AsItIs<TLanes, T>));
            }
        }
    }

    private void OutputErrors(T* targets, int count, int examples)
    {
        var made = units[^1].Pointer;
        switch (objective)
        {
            case Objective.SquaredError squares:
                var slope = T.CreateChecked(squares.Slope(examples));
                OutputError<TLanes, T>.OfSquares(made, targets, errors.Pointer, unit, outputs, count, slope);
                break;
            default:
                OutputError<TLanes, T>.OfClasses(made, targets, errors.Pointer, unit, outputs, count, T.CreateChecked(examples));
                break;
        }

        if (memory.Layers[^1].HasActivation)
        {
            OutputError<TLanes, T>.Slope(made, errors.Pointer, unit, outputs, count, leak);
        }
    }

    private void BackThrough(int layer, T* weights, T* error, T* next, int examples)
    {
        var shape = memory.Layers[layer];
        nint row = shape.Stride * TLanes.Count, column = TLanes.Count;
        if (memory.Layers[layer - 1].HasActivation)
        {
            Product<TLanes, T>.Of(
                weights, column, row, error, unit, next, null, shape.Inputs, shape.Outputs, examples,
                new Sloped<TLanes, T>(leak, (nint)(units[layer - 1].Pointer - next)));
        }
        else
        {
            Product<TLanes, T>.Of(
                weights, column, row, error, unit, next, null, shape.Inputs, shape.Outputs, examples, default(AsItIs<TLanes, T>));
        }
    }
}
