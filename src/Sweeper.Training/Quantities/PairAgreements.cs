using Sweeper.Training.Phases;
using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>Agreement [K / M, r, r] of two members of each trial, for every weight matrix.</summary>
internal sealed record PairAgreements(MemberPair Pair) : IQuantity<IReadOnlyList<Tensor>>
{
    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Compute(NetworkSnapshot snapshot)
    {
        var lanes = snapshot.Program.Lanes;
        return
        [
            .. snapshot.Parameters.Weights.Select(weight => snapshot.Get(new WeightModes(weight.Name)))
                .Select(modes => SingularVectorAgreement.Of(modes.Of(Pair.First, lanes), modes.Of(Pair.Second, lanes))),
        ];
    }
}
