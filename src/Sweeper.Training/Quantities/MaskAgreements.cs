using Sweeper.Training.Phases;
using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>
/// Agreement [K / M, r, r] of each weight matrix of the first member of a pair with itself under the second one's mask: the matrix with
/// zeros where the second one has zeros.
/// </summary>
internal sealed record MaskAgreements(MemberPair Pair) : IQuantity<IReadOnlyList<Tensor>>
{
    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Compute(NetworkSnapshot snapshot)
    {
        var lanes = snapshot.Program.Lanes;
        return [.. snapshot.Parameters.Weights.Select(Agreements)];

        Tensor Agreements((string Name, Tensor Matrices) weight)
        {
            var whole = snapshot.Get(new WeightModes(weight.Name)).Of(Pair.First, lanes);
            var masked = lanes.Of(Pair.First, weight.Matrices).masked_fill(lanes.Of(Pair.Second, weight.Matrices).eq(0), 0);
            return SingularVectorAgreement.Of(whole, BatchedSvd.Full(masked));
        }
    }
}
