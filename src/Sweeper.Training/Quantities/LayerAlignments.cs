using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>|u_j . v_k| of each pair of consecutive weight matrices (`W1-W2`), [K, r, r']; of a single matrix one undefined number.</summary>
internal sealed record LayerAlignments : IQuantity<IReadOnlyList<(string Pair, Tensor Agreements)>>
{
    /// <inheritdoc/>
    public IReadOnlyList<(string Pair, Tensor Agreements)> Compute(NetworkSnapshot snapshot)
    {
        string[] names = [.. snapshot.Parameters.Weights.Select(weight => weight.Name)];
        return names.Length == 1 ? [("", snapshot.Get(new WeightModes(names[0])).S.new_full([snapshot.Parameters.Lanes, 1, 1], double.NaN))] :
        [
            .. names.Zip(names.Skip(1), (first, next) =>
                ($"{first}-{next}", SingularVectorAgreement.BetweenLayers(snapshot.Get(new WeightModes(first)), snapshot.Get(new WeightModes(next))))),
        ];
    }
}
