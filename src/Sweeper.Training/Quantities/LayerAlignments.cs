using Sweeper.Training.Models;
using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>
/// How far what one weight puts out is what another takes in, for all that follow each other in the layout (`W1-W2`), [K, r, r']; one
/// undefined number where none do.
/// </summary>
internal sealed record LayerAlignments : IQuantity<IReadOnlyList<(string Pair, Tensor Agreements)>>
{
    /// <inheritdoc/>
    public IReadOnlyList<(string Pair, Tensor Agreements)> Compute(NetworkSnapshot snapshot)
    {
        var (parameters, pairs) = (snapshot.Parameters, snapshot.Parameters.Layout.Pairs);
        return pairs.IsEmpty
            ? [("", full([parameters.Lanes, 1, 1], double.NaN, ScalarType.Float64, parameters.Flat.device))]
            : [.. pairs.Select(pair => (pair.Name, pair.Link.Heads == 1 ? Of(snapshot, pair) : PerHead(parameters, pair).mean([1L])))];
    }

    /// <summary>The same of every head by itself, [K, heads, r, r'].</summary>
    public static Tensor PerHead(ParameterSet parameters, LayerPair pair)
    {
        var (first, next) = (parameters.Matrices(pair.First.Name), parameters.Matrices(pair.Next.Name));
        return SingularVectorAgreement.BetweenLayers(Left(first), Left(pair.MeetsOutputs ? next : next.mT));

        // Heads are blocks of the rows.
        Tensor Left(Tensor matrices) =>
            BatchedSvd.Full(matrices.reshape(parameters.Lanes, pair.Link.Heads, -1, matrices.shape[2])).U;
    }

    private static Tensor Of(NetworkSnapshot snapshot, LayerPair pair)
    {
        return SingularVectorAgreement.BetweenLayers(Left(pair.First), pair.MeetsOutputs ? Left(pair.Next) : Right());

        Tensor Left(WeightMatrix matrix) => matrix.IsPartOfVectors
            ? snapshot.Get(new WeightModes(matrix.Weight.Name)).U.narrow(1, matrix.FirstRow, matrix.Rows)
            : snapshot.Get(new WeightModes(matrix.Name)).U;

        Tensor Right()
        {
            var (weight, name) = (pair.Next.Weight, pair.Next.Name);
            // Columns that come from elsewhere are another matrix.
            var vectors = pair.Link.FirstInput is { } first
                ? BatchedSvd.Full(snapshot.Parameters.Matrices(name).narrow(2, first * weight.Taps, pair.First.Rows * weight.Taps)).V
                : snapshot.Get(new WeightModes(name)).V;
            return weight.Taps == 1
                ? vectors
                : vectors.reshape(vectors.shape[0], pair.First.Rows, weight.Taps, -1).select(2, weight.CentreTap);
        }
    }
}
