using System.Collections.Immutable;

namespace Sweeper.Training.Experiments;

/// <summary>Weights of a linear network with one output all of whose layers have rank one and the same strength.</summary>
internal static class BalancedRankOne
{
    /// <summary>
    /// W_1 = s e_1 u^T, then s e_1 e_1^T, and s e_1^T at the end, one after the other: their product is s^L u^T.
    /// </summary>
    /// <param name="widths">Units from the inputs to the one output.</param>
    /// <param name="direction">u, as long as there are inputs.</param>
    /// <param name="strengths">s, of every layer.</param>
    public static double[] Of(ImmutableArray<int> widths, double[] direction, double[] strengths)
    {
        return [.. strengths.Index().SelectMany(layer => Matrix(layer.Index, layer.Item))];

        IEnumerable<double> Matrix(int layer, double strength)
        {
            var row = layer == 0 ? direction : [1, .. new double[widths[layer] - 1]];
            return row.Select(entry => strength * entry).Concat(new double[(widths[layer + 1] - 1) * widths[layer]]);
        }
    }
}
