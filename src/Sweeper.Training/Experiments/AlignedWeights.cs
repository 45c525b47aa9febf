using Sweeper.Training.Data;
using Sweeper.Training.Models;
using static TorchSharp.torch;

namespace Sweeper.Training.Experiments;

/// <summary>
/// Deep linear networks whose singular vectors are those of their training data from the start: W_L ... W_1 is the sum of u v^T over as
/// many modes of the data (<see cref="DataModes"/>) as the narrowest layer has units (Lampinen and Ganguli 2019, section 3.2).
/// </summary>
internal static class AlignedWeights
{
    /// <summary>
    /// Initial weights [K, P] in float64, before their scale: W_1 has the right vectors as rows, W_L the left ones as columns, and
    /// orthogonal matrices between them stay as they were drawn. Units that no mode needs are left out: they have no weights and never get
    /// any.
    /// </summary>
    /// <param name="drawn">Orthogonal matrices, [K, P].</param>
    /// <param name="data">What is trained on.</param>
    public static Tensor Of(ParameterSet drawn, Split data)
    {
        var (left, _, right) = DataModes.Of(data);
        var weights = drawn.Weights.Select(weight => weight.Matrices).ToArray();
        if (weights.Length == 1)
        {
            return left.bmm(right.mT).flatten(1);
        }

        var width = weights[0].shape[1];
        var last = weights[1..^1].Aggregate(Units(left, width), (columns, inner) => columns.bmm(inner.mT));
        return cat([Units(right, width).mT.flatten(1), .. weights[1..^1].Select(inner => inner.flatten(1)), last.flatten(1)], 1);
    }

    /// <summary>As many columns [K, d, r] as there are units: the first ones, and zeros after the last.</summary>
    private static Tensor Units(Tensor vectors, long width)
    {
        var missing = width - vectors.shape[2];
        return missing <= 0 ? vectors.narrow(2, 0, width)
            : cat([vectors, vectors.new_full([vectors.shape[0], vectors.shape[1], missing], 0)], 2);
    }
}
