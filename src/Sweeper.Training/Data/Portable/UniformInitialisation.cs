using System.Collections.Immutable;
using Sweeper.Core.Randomness;

namespace Sweeper.Training.Data.Portable;

/// <summary>Initial values drawn uniformly from [-bound, bound), tensor by tensor, as PyTorch's layers do by default.</summary>
/// <param name="Name">Name of the tensor.</param>
/// <param name="Shape">Its shape; filled row-major.</param>
/// <param name="Bound">Half width of the interval; 0 gives zeros.</param>
/// <param name="Tensor">Index in the init stream.</param>
public sealed record UniformInitialisation(string Name, ImmutableArray<int> Shape, double Bound, int Tensor)
{
    private const int TransformerTensors = 20;

    /// <summary>Weights W1, b1, W2, b2, ... of an MLP with the given widths: every bound is 1 / sqrt(fan in).</summary>
    public static IEnumerable<UniformInitialisation> Mlp(ImmutableArray<int> widths)
    {
        for (var layer = 0; layer + 1 < widths.Length; layer++)
        {
            var bound = 1 / Math.Sqrt(widths[layer]);
            yield return new UniformInitialisation($"W{layer + 1}", [widths[layer + 1], widths[layer]], bound, 2 * layer);
            yield return new UniformInitialisation($"b{layer + 1}", [widths[layer + 1]], bound, 2 * layer + 1);
        }
    }

    /// <summary>
    /// Tensors of the one-block transformer on tokens 0 .. p (p stands for "="): embedding and head +-0.1, in-projection
    /// Xavier, the others 1 / sqrt(fan in), attention biases and head bias zero (weight-spectra experiment S1).
    /// </summary>
    public static ImmutableArray<UniformInitialisation> Transformer(int modulus, int model, int hidden)
    {
        var tokens = modulus + 1;
        return
        [
            new("E", [tokens, model], 0.1, TransformerTensors),
            new("Win", [3 * model, model], Math.Sqrt(6.0 / (4 * model)), TransformerTensors + 1),
            new("bin", [3 * model], 0, 0),
            new("Wo", [model, model], 1 / Math.Sqrt(model), TransformerTensors + 2),
            new("bo", [model], 0, 0),
            new("W1", [hidden, model], 1 / Math.Sqrt(model), TransformerTensors + 3),
            new("b1", [hidden], 1 / Math.Sqrt(model), TransformerTensors + 4),
            new("W2", [model, hidden], 1 / Math.Sqrt(hidden), TransformerTensors + 5),
            new("b2", [model], 1 / Math.Sqrt(hidden), TransformerTensors + 6),
            new("D", [tokens, model], 0.1, TransformerTensors + 7),
            new("bd", [tokens], 0, 0),
        ];
    }

    /// <summary>The values, row-major.</summary>
    public double[] Draw(long seed)
    {
        var values = new double[Shape.Aggregate(1, (product, extent) => product * extent)];
        if (Bound == 0)
        {
            return values;
        }

        var random = RandomStreams.Init(seed, Tensor);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = random.NextUniform(Bound);
        }

        return values;
    }
}
