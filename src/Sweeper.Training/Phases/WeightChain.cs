using System.Collections.Immutable;

namespace Sweeper.Training.Phases;

/// <summary>
/// Square weights of a network that follow one another without anything between them: their product M_L ... M_1 is a Jacobian, and
/// A_l = M_L ... M_(l+1), B_(l+1) = M_l ... M_1 are those of the layers above and below. Closed gates are rows and columns of zeros.
/// </summary>
/// <param name="Weights">Names of the matrices, from the inputs on.</param>
/// <param name="Modes">Leading singular values and vectors that are measured.</param>
/// <param name="Layers">Every l, ascending and below L, whose products A_l and B_(l+1) are measured.</param>
internal sealed record WeightChain(ImmutableArray<string> Weights, int Modes, ImmutableArray<int> Layers)
{
    /// <summary>L.</summary>
    public int Depth => Weights.Length;

    /// <summary>The layers that are asked for, of a product of so many; all below it where none is.</summary>
    public static ImmutableArray<int> LayersOf(ImmutableArray<double> asked, int depth) => asked.IsEmpty
        ? [.. Enumerable.Range(1, depth - 1)]
        : [.. asked.Select(layer => (int)layer).Where(layer => layer < depth).Distinct().Order()];
}
