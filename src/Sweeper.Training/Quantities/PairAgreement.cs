using Sweeper.Training.Phases;
using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>Singular-vector agreement [K / M, L] of two members of each trial, for every weight matrix.</summary>
internal sealed record PairAgreement(MemberPair Pair) : IQuantity<Tensor>
{
    /// <inheritdoc/>
    public Tensor Compute(NetworkSnapshot snapshot) => stack(snapshot.Get(new PairAgreements(Pair)).Select(LeadingDiagonal.Mean), 1);
}
