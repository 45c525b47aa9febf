using System.Collections.Immutable;

namespace Sweeper.Training.Phases;

/// <summary>
/// Square matrices M_1 ... M_L of a network whose product J = M_L ... M_1 is measured: its intermediate products are A_l = M_L ... M_(l+1)
/// and B_(l+1) = M_l ... M_1.
/// </summary>
/// <param name="Weights">Names of the weights, from the inputs on.</param>
/// <param name="Modes">Leading singular values and vectors that are measured.</param>
/// <param name="Layers">The l of 1 to L - 1 whose intermediate products are measured, ascending.</param>
internal sealed record WeightChain(ImmutableArray<string> Weights, int Modes, ImmutableArray<int> Layers);
