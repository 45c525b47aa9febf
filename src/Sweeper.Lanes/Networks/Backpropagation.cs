using System.Numerics;
using Sweeper.Lanes.Networks.Kernels;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Networks;

/// <summary>
/// Gradients of the networks of one group. Examples go through all layers in chunks that stay in the cache; how many there are in one
/// changes no bit.
/// </summary>
internal sealed unsafe class Backpropagation<TArrangement, TLanes, T> : IDisposable
    where TArrangement : struct, IArrangement<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly MlpMemory memory;
    private readonly GroupLayout<TArrangement, TLanes, T> layout;
    private readonly OutputErrors<TArrangement, TLanes, T> outputErrors;
    private readonly ForwardPass<TArrangement, TLanes, T> forward;
    private readonly LaneArray<T> errors, before;
    private readonly LaneArray<T>[]? turned;

    /// <param name="training">The networks and what they learn.</param>
    /// <param name="layout">Where their numbers lie.</param>
    public Backpropagation(LaneTraining training, GroupLayout<TArrangement, TLanes, T> layout)
    {
        (this.layout, memory) = (layout, layout.Memory);
        var widths = training.Shape.Widths;
        forward = new ForwardPass<TArrangement, TLanes, T>(training.Shape, layout);
        outputErrors = new OutputErrors<TArrangement, TLanes, T>(training, layout, forward.Activation);
        errors = new LaneArray<T>(widths.Max(layout.SizeOf));
        before = new LaneArray<T>(widths.Max(layout.SizeOf));
        turned = TArrangement.IsByUnit
            ? [.. memory.Layers.Select(layer => new LaneArray<T>(layer.Outputs * memory.Filled(layer.Inputs)))] : null;
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
        if (isFirst && turned is not null)
        {
            Turn(numbers, turned);
        }

        forward.Run(numbers, chunk.Inputs, MlpMemory.Padded(count));
        var (error, next) = (errors, before);
        outputErrors.Write(forward.Outputs, chunk.Targets, error.Pointer, count, examples);
        for (var layer = memory.Layers.Length - 1; layer >= 0; layer--)
        {
            var shape = memory.Layers[layer];
            var errorsOfLayer = layout.Units(error.Pointer, shape.Outputs);
            WeightGradient<TArrangement, TLanes, T>.Add(
                errorsOfLayer, forward.InputsOf(layer, chunk.Inputs), layout.At(gradient, shape.Weights), layout.Row(shape),
                layout.Column(shape),
                layout.Registers(shape.Outputs), MlpMemory.Padded(shape.Inputs), count, isFirst);
            if (shape.Bias is { } bias)
            {
                WeightGradient<TArrangement, TLanes, T>.AddBias(
                    errorsOfLayer, layout.At(gradient, bias), layout.Registers(shape.Outputs), count, isFirst);
            }

            if (layer > 0)
            {
                BackThrough(layer, layout.At(numbers, shape.Weights), errorsOfLayer, next.Pointer, MlpMemory.Padded(count));
                (error, next) = (next, error);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        forward.Dispose();
        outputErrors.Dispose();
        foreach (var array in (LaneArray<T>[])[errors, before, .. turned ?? []])
        {
            array.Dispose();
        }
    }

    /// <summary>For the way back: neighbouring inputs are to stand in a register then.</summary>
    private void Turn(T* numbers, LaneArray<T>[] into)
    {
        for (var layer = 1; layer < into.Length; layer++)
        {
            var shape = memory.Layers[layer];
            Transposition<T>.Of(
                layout.At(numbers, shape.Weights), shape.Column, into[layer].Pointer, memory.Filled(shape.Inputs), shape.Inputs,
                shape.Outputs);
        }
    }

    private void BackThrough(int layer, T* weights, Units<T> error, T* next, int examples)
    {
        var shape = memory.Layers[layer];
        var to = layout.Units(next, shape.Inputs);
        var rows = layout.Registers(shape.Inputs);
        nint row = layout.Column(shape), column = layout.Row(shape);
        if (turned is not null)
        {
            weights = turned[layer].Pointer;
            (row, column) = (TLanes.Count, memory.Filled(shape.Inputs));
        }

        if (memory.Layers[layer - 1].HasActivation)
        {
            Product<TArrangement, TLanes, T>.Of(
                weights, row, column, error, to, null, rows, shape.Outputs, examples,
                new Sloped<TLanes, T>(forward.Activation.Pointer, (nint)(forward.Made(layer - 1) - next)));
        }
        else
        {
            Product<TArrangement, TLanes, T>.Of(
                weights, row, column, error, to, null, rows, shape.Outputs, examples, default(AsItIs<TLanes, T>));
        }
    }
}
