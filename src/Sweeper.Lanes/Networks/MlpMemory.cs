using System.Collections.Immutable;

namespace Sweeper.Lanes.Networks;

/// <summary>
/// Where a perceptron's numbers lie while it is trained: as in <see cref="MlpShape"/>, with rows filled up to a multiple of four, so that
/// kernels of four columns need no other beside them. What is filled up is never read as a weight.
/// </summary>
internal sealed class MlpMemory
{
    /// <summary>Columns, and examples, are filled up to a multiple of this.</summary>
    public const int Block = 4;

    /// <param name="shape">The network.</param>
    public MlpMemory(MlpShape shape)
    {
        var layers = ImmutableArray.CreateBuilder<LayerMemory>(shape.Depth);
        var sources = new List<int>();
        for (var layer = 0; layer < shape.Depth; layer++)
        {
            int inputs = shape.Widths[layer], outputs = shape.Widths[layer + 1], stride = StrideOf(inputs);
            var weights = Size;
            Size += outputs * stride;
            var bias = Size;
            Size += shape.HasBias ? outputs : 0;
            layers.Add(new LayerMemory(inputs, outputs, stride, weights, shape.HasBias ? bias : null, shape.HasActivation(layer)));
            for (var row = 0; row < outputs; row++)
            {
                sources.AddRange(Enumerable.Range(weights + row * stride, inputs));
            }

            if (shape.HasBias)
            {
                sources.AddRange(Enumerable.Range(bias, outputs));
            }
        }

        Layers = layers.MoveToImmutable();
        Places = [.. sources];
    }

    /// <summary>Numbers of a lane, with what is filled up.</summary>
    public int Size { get; }

    /// <summary>Layer by layer.</summary>
    public ImmutableArray<LayerMemory> Layers { get; }

    /// <summary>Where each number of a network is, in the order of <see cref="MlpShape"/>.</summary>
    public ImmutableArray<int> Places { get; }

    /// <summary>
    /// From one row to the next: not a large power of two, since columns are read, too, and numbers that lie so far apart share a few
    /// places of the cache.
    /// </summary>
    private static int StrideOf(int inputs) => Padded(inputs) % (4 * Block) == 0 ? Padded(inputs) + Block : Padded(inputs);

    /// <summary>Filled up.</summary>
    public static int Padded(int count) => (count + Block - 1) / Block * Block;
}

/// <summary>One layer of a <see cref="MlpMemory"/>.</summary>
/// <param name="Inputs">Columns.</param>
/// <param name="Outputs">Rows.</param>
/// <param name="Stride">From one row to the next.</param>
/// <param name="Weights">Where the matrix begins.</param>
/// <param name="Bias">Where the biases begin, or null.</param>
/// <param name="HasActivation">Whether phi follows, and is not the identity.</param>
internal sealed record LayerMemory(int Inputs, int Outputs, int Stride, int Weights, int? Bias, bool HasActivation);
