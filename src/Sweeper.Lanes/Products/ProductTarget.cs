using System.Collections.Immutable;

namespace Sweeper.Lanes.Products;

/// <summary>
/// What is wanted of products of the first matrices, row-major; what a product lacks because its rank is smaller is not a number.
/// </summary>
/// <param name="Stops">After how many matrices, ascending.</param>
/// <param name="Modes">How many leading singular values.</param>
/// <param name="LogValues">Takes their logarithms, [products, stops, modes].</param>
internal sealed unsafe record ProductTarget(ImmutableArray<int> Stops, int Modes, nint LogValues)
{
    /// <summary>Takes right singular vectors as columns, [products, stops, inputs, modes]; 0 where they are not wanted.</summary>
    public nint Vectors { get; init; }

    /// <summary>Takes ln |R_kk| of all matrices together, [products, modes]; 0 where it is not wanted.</summary>
    public nint LogDiagonals { get; init; }
}
