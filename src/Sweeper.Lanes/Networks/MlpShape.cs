using System.Collections.Immutable;

namespace Sweeper.Lanes.Networks;

/// <summary>
/// A multilayer perceptron f(x) = W_L phi(W_(L-1) ... phi(W_1 x)), phi(z) = z above 0 and leak * z elsewhere. Its numbers lie one after
/// the other, layer by layer: the matrix [outputs, inputs] row by row, then the biases, where there are any.
/// </summary>
/// <param name="Widths">Units from the inputs to the outputs; one more than there are matrices.</param>
/// <param name="Leak">Slope of phi for negative arguments, 0 to 1; 1 makes the network linear.</param>
/// <param name="HasBias">Whether each layer adds a bias.</param>
/// <param name="HasOutputActivation">Whether phi follows the last matrix.</param>
internal sealed record MlpShape(ImmutableArray<int> Widths, double Leak, bool HasBias, bool HasOutputActivation)
{
    /// <summary>Number of matrices.</summary>
    public int Depth => Widths.Length - 1;

    /// <summary>Whether phi follows a matrix, and is not the identity.</summary>
    public bool HasActivation(int layer) => Leak != 1 && (layer < Depth - 1 || HasOutputActivation);
}
