using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>Agreement [K, r, r] of each weight matrix with what it is after the last step.</summary>
internal sealed record FinalAgreements : IQuantity<IReadOnlyList<(string Component, Tensor Agreements)>>
{
    /// <inheritdoc/>
    public IReadOnlyList<(string Component, Tensor Agreements)> Compute(NetworkSnapshot snapshot) =>
    [
        .. snapshot.Parameters.Weights.Select(weight => (weight.Name, SingularVectorAgreement.Of(
            snapshot.Get(new WeightModes(weight.Name)), snapshot.Get(new FinalWeightModes(weight.Name))))),
    ];
}
