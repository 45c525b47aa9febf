using static TorchSharp.torch;

namespace Sweeper.Training.Objectives;

/// <summary>Logistic loss ln(1 + e^(-y f)) of one output f with labels y = 1 or -1, [K, n, 1]; mean over examples, in nats.</summary>
internal sealed class LogisticLoss : IObjective
{
    /// <inheritdoc/>
    public Tensor Loss(Tensor outputs, Tensor targets) => OfMargins((outputs * targets).flatten(1)).mean([1L]);

    /// <inheritdoc/>
    public Tensor OutputGradient(Tensor outputs, Tensor targets) =>
        outputs.mul_(targets).neg().sigmoid().mul_(targets).div_(-targets.shape[1]);

    /// <summary>Losses of margins y f, of any shape.</summary>
    public static Tensor OfMargins(Tensor margins) => stack([zeros_like(margins), margins.neg()], -1).logsumexp(-1);
}
