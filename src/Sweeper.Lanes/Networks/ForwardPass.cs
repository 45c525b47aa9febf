using System.Numerics;
using Sweeper.Lanes.Networks.Kernels;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Networks;

/// <summary>Units of all layers of the networks of one group, at the examples of a chunk.</summary>
internal sealed unsafe class ForwardPass<TArrangement, TLanes, T> : IDisposable
    where TArrangement : struct, IArrangement<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly MlpMemory memory;
    private readonly GroupLayout<TArrangement, TLanes, T> layout;
    private readonly LaneArray<T>[] made;

    /// <param name="shape">The networks.</param>
    /// <param name="layout">Where their numbers lie.</param>
    /// <param name="isForOutputs">
    /// Whether nothing but the outputs is wanted: a layer's units then take the place of those that it does not read.
    /// </param>
    public ForwardPass(MlpShape shape, GroupLayout<TArrangement, TLanes, T> layout, bool isForOutputs = false)
    {
        (this.layout, memory) = (layout, layout.Memory);
        Activation = new ActivationConstants<T>(shape.Leak);
        made = new LaneArray<T>[shape.Depth];
        for (var layer = 0; layer < made.Length; layer++)
        {
            made[layer] = isForOutputs && layer > 1
                ? made[layer - 2] : new LaneArray<T>(layout.SizeOf(isForOutputs ? shape.Widths.Skip(1).Max() : shape.Widths[layer + 1]));
        }
    }

    /// <summary>That of the networks.</summary>
    public ActivationConstants<T> Activation { get; }

    /// <summary>What the networks gave.</summary>
    public T* Outputs => made[^1].Pointer;

    /// <summary>Units after a layer, as <see cref="Run"/> left them.</summary>
    public T* Made(int layer) => made[layer].Pointer;

    /// <summary>What a layer is given.</summary>
    /// <param name="layer">Which.</param>
    /// <param name="inputs">What the first one is given.</param>
    public Units<T> InputsOf(int layer, T* inputs) =>
        layout.Units(layer == 0 ? inputs : made[layer - 1].Pointer, memory.Layers[layer].Inputs);

    /// <summary>Computes them.</summary>
    /// <param name="numbers">The networks.</param>
    /// <param name="inputs">Of the chunk.</param>
    /// <param name="examples">A multiple of four.</param>
    public void Run(T* numbers, T* inputs, int examples)
    {
        for (var layer = 0; layer < made.Length; layer++)
        {
            var shape = memory.Layers[layer];
            var weights = layout.At(numbers, shape.Weights);
            var start = shape.Bias is { } bias ? layout.At(numbers, bias) : null;
            var (from, to) = (InputsOf(layer, inputs), layout.Units(made[layer].Pointer, shape.Outputs));
            nint row = layout.Row(shape), column = layout.Column(shape);
            var rows = layout.Registers(shape.Outputs);
            if (shape.HasActivation)
            {
                Product<TArrangement, TLanes, T>.Of(
                    weights, row, column, from, to, start, rows, shape.Inputs, examples, new Activated<TLanes, T>(Activation.Pointer));
            }
            else
            {
                Product<TArrangement, TLanes, T>.Of(
                    weights, row, column, from, to, start, rows, shape.Inputs, examples, default(AsItIs<TLanes, T>));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Activation.Dispose();
        foreach (var array in made)
        {
            array.Dispose();
        }
    }
}
