using Sweeper.Training.Engines;
using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>Reported loss [K] on a split.</summary>
internal sealed record Losses(string Split) : IQuantity<Tensor>
{
    /// <inheritdoc/>
    public Tensor Compute(NetworkSnapshot snapshot) =>
        snapshot.Constants.Keep(this, () => LossKernel.For(snapshot.Program, snapshot.Split(Split))) is { } kernel
        ? kernel.Of(snapshot.Parameters)
        : snapshot.Reported.Measure(snapshot.Get(new Outputs(Split)), snapshot.Split(Split).Targets);
}
