using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>What is known of the product of a chain of weights, and of products of some of its layers.</summary>
/// <param name="LogValues">Logarithms of leading singular values, [K, products, k]; not a number beyond the rank.</param>
/// <param name="Vectors">Right singular vectors, [K, products, n, k]; null where they were not asked for.</param>
/// <param name="LogDiagonals">ln |R_kk| of all layers together, [K, k].</param>
internal sealed record ChainSpectra(Tensor LogValues, Tensor? Vectors, Tensor LogDiagonals);

/// <summary>Singular values of the whole product of the chain (<see cref="Phases.WeightChain"/>), [K, 1, k].</summary>
internal sealed record ChainSpectrum : IQuantity<ChainSpectra>
{
    /// <inheritdoc/>
    public ChainSpectra Compute(NetworkSnapshot snapshot) =>
        ChainProducts.Decompose(ChainProducts.Matrices(snapshot), [snapshot.Chain.Depth], snapshot.Chain.Modes, hasVectors: false);
}

/// <summary>
/// Products of the layers below or above each of the chain's measured layers, and the whole product after them, [K, layers + 1, k].
/// </summary>
/// <param name="IsUpper">
/// Whether they are A_l = M_L ... M_(l+1), transposed: vectors are left ones; else they are B_(l+1) = M_l ... M_1.
/// </param>
internal sealed record LayerSpectra(bool IsUpper) : IQuantity<ChainSpectra>
{
    /// <inheritdoc/>
    public ChainSpectra Compute(NetworkSnapshot snapshot)
    {
        var chain = snapshot.Chain;
        var matrices = ChainProducts.Matrices(snapshot);
        if (!IsUpper)
        {
            return ChainProducts.Decompose(matrices, [.. chain.Layers, chain.Depth], chain.Modes, hasVectors: true);
        }

        ImmutableArray<int> stops = [.. chain.Layers.Reverse().Select(layer => chain.Depth - layer), chain.Depth];
        var found = ChainProducts.Decompose([.. matrices.Select(matrix => matrix.mT).Reverse()], stops, chain.Modes, hasVectors: true);
        return found with
        {
            LogValues = Ascending(found.LogValues, chain.Layers.Length), Vectors = Ascending(found.Vectors!, chain.Layers.Length),
        };
    }

    /// <summary>Products in the order of layers, the whole one last.</summary>
    private static Tensor Ascending(Tensor values, int layers) =>
        cat([values.narrow(1, 0, layers).flip(1), values.narrow(1, layers, 1)], 1);
}
