using System.Collections.Immutable;
using Sweeper.Lanes.Products;
using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>
/// Products of matrices [K, m, n], one for each network, by <see cref="LongProducts"/>: on the processor, whatever the networks are on.
/// </summary>
internal static unsafe class ChainProducts
{
    /// <summary>The weights of a chain, from the inputs on.</summary>
    public static IReadOnlyList<Tensor> Matrices(NetworkSnapshot snapshot) =>
        [.. snapshot.Chain.Weights.Select(weight => snapshot.Parameters[weight].to(ScalarType.Float64).cpu())];

    /// <summary>Decomposes products of the first matrices.</summary>
    /// <param name="matrices">M_1, M_2, ...</param>
    /// <param name="stops">After how many, ascending.</param>
    /// <param name="modes">How many leading singular values.</param>
    /// <param name="hasVectors">Whether right vectors are wanted.</param>
    public static ChainSpectra Decompose(IReadOnlyList<Tensor> matrices, ImmutableArray<int> stops, int modes, bool hasVectors)
    {
        var (lanes, inputs) = (matrices[0].shape[0], matrices[0].shape[2]);
        var values = empty([lanes, stops.Length, modes], dtype: ScalarType.Float64);
        var vectors = hasVectors ? empty([lanes, stops.Length, inputs, modes], dtype: ScalarType.Float64) : null;
        var diagonals = empty([lanes, modes], dtype: ScalarType.Float64);
        var target = new ProductTarget(stops, modes, (nint)TensorMemory.First<double>(values))
        {
            Vectors = vectors is null ? 0 : (nint)TensorMemory.First<double>(vectors),
            LogDiagonals = (nint)TensorMemory.First<double>(diagonals),
        };
        LongProducts.Decompose([.. matrices.Select(FactorOf)], (int)lanes, target, get_num_threads());
        GC.KeepAlive(matrices);
        return new ChainSpectra(values, vectors, diagonals);
    }

    private static ProductFactor FactorOf(Tensor matrices)
    {
        var strides = matrices.stride();
        return new ProductFactor(
            (nint)TensorMemory.First<double>(matrices), (int)matrices.shape[1], (int)matrices.shape[2],
            (nint)strides[0], (nint)strides[1], (nint)strides[2]);
    }
}
