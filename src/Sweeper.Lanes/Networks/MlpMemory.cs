using System.Collections.Immutable;

namespace Sweeper.Lanes.Networks;

/// <summary>
/// Where a perceptron's numbers lie while it is trained, filled up so that kernels of four columns need no other beside them. What is
/// filled up is never read as a weight.
/// </summary>
internal sealed class MlpMemory
{
    /// <summary>Columns, and examples, are filled up to a multiple of this.</summary>
    public const int Block = 4;

    private readonly int together;

    private MlpMemory(MlpShape shape, Func<int, int, (int Row, int Column)> strides, int together)
    {
        this.together = together;
        var layers = ImmutableArray.CreateBuilder<LayerMemory>(shape.Depth);
        var runs = new List<NumberRun>();
        for (var layer = 0; layer < shape.Depth; layer++)
        {
            int inputs = shape.Widths[layer], outputs = shape.Widths[layer + 1];
            var (row, column) = strides(inputs, outputs);
            var weights = Size;
            Size += Math.Max(outputs * row, Padded(inputs) * column);
            var bias = Size;
            Size += shape.HasBias ? Filled(outputs) : 0;
            layers.Add(new LayerMemory(inputs, outputs, row, column, weights, shape.HasBias ? bias : null, shape.HasActivation(layer)));
            for (var output = 0; output < outputs; output++)
            {
                Add(weights + output * row, column, inputs);
            }

            if (shape.HasBias)
            {
                Add(bias, 1, outputs);
            }
        }

        Layers = layers.MoveToImmutable();
        Runs = [.. runs];

        void Add(int place, int step, int length)
        {
            if (runs is [.., var last] && last.Step == step && last.Place + last.Length * step == place)
            {
                runs[^1] = last with { Length = last.Length + length };
            }
            else
            {
                runs.Add(new NumberRun(Numbers, place, step, length));
            }

            Numbers += length;
        }
    }

    /// <summary>Numbers of a lane, with what is filled up: whole registers.</summary>
    public int Size { get; }

    /// <summary>Layer by layer.</summary>
    public ImmutableArray<LayerMemory> Layers { get; }

    /// <summary>Numbers of a network.</summary>
    public int Numbers { get; private set; }

    /// <summary>Where they are, in the order of <see cref="MlpShape"/>.</summary>
    public ImmutableArray<NumberRun> Runs { get; }

    /// <summary>Row by row, for registers of one number of each lane.</summary>
    public static MlpMemory ByLane(MlpShape shape) => new(shape, (inputs, _) => (StrideOf(inputs), 1), together: 1);

    /// <summary>Column by column, for registers of so many units of one lane.</summary>
    public static MlpMemory ByUnit(MlpShape shape, int atOnce)
    {
        var together = Math.Max(atOnce, Block);
        return new(shape, (_, outputs) => (1, Apart(Filled(outputs, together), together)), together);
    }

    /// <summary>Filled up to whole blocks.</summary>
    public static int Padded(int count) => (count + Block - 1) / Block * Block;

    /// <summary>Units of a layer; where several stand in a register, filled up to whole registers and blocks.</summary>
    public int Filled(int units) => Filled(units, together);

    private static int Filled(int units, int together) => (units + together - 1) / together * together;

    private static int StrideOf(int inputs) => Apart(Padded(inputs), Block);

    /// <summary>
    /// A stride that is no large power of two: numbers that lie so far apart, and are read in turn, share a few places of the cache.
    /// </summary>
    private static int Apart(int stride, int more) => stride % (4 * more) == 0 ? stride + more : stride;
}

/// <summary>One layer of a <see cref="MlpMemory"/>.</summary>
/// <param name="Inputs">Columns.</param>
/// <param name="Outputs">Rows.</param>
/// <param name="Row">From one row to the next.</param>
/// <param name="Column">From one column to the next.</param>
/// <param name="Weights">Where the matrix begins.</param>
/// <param name="Bias">Where the biases begin, or null.</param>
/// <param name="HasActivation">Whether phi follows, and is not the identity.</param>
internal sealed record LayerMemory(
    int Inputs, int Outputs, int Row, int Column, int Weights, int? Bias, bool HasActivation);

/// <summary>Numbers of a network that lie equally far apart.</summary>
/// <param name="Number">The first, in the order of <see cref="MlpShape"/>.</param>
/// <param name="Place">Where it is.</param>
/// <param name="Step">From one to the next.</param>
/// <param name="Length">How many.</param>
internal readonly record struct NumberRun(int Number, int Place, int Step, int Length);
