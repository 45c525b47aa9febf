using Sweeper.Training.Phases;
using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>Singular-vector agreement [K / M, L] of two members of each trial, for every weight matrix.</summary>
internal sealed record PairAgreement(MemberPair Pair) : IQuantity<Tensor>
{
    /// <inheritdoc/>
    public Tensor Compute(NetworkSnapshot snapshot)
    {
        return stack(snapshot.Parameters.Weights.Select(weight => snapshot.Get(new WeightModes(weight.Name)))
            .Select(modes => LeadingDiagonal.Mean(SingularVectorAgreement.Of(Of(Pair.First, modes), Of(Pair.Second, modes)))), 1);

        Modes Of(int member, Modes modes) => new(
            snapshot.Program.Lanes.Of(member, modes.U), snapshot.Program.Lanes.Of(member, modes.S), snapshot.Program.Lanes.Of(member, modes.V));
    }
}
