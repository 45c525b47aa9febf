using Sweeper.Training.Data;
using static TorchSharp.torch;

namespace Sweeper.Training.Objectives;

/// <summary>
/// Cross-entropy of class scores [K, n, ..., o] with class numbers [K, n, ...], mean over examples and what else has a class; nats.
/// Always in float64: in float32 the loss of a network that is sure of its answers is exactly 0.
/// </summary>
internal sealed class CrossEntropy : IObjective
{
    /// <inheritdoc/>
    public Tensor Loss(Tensor outputs, Tensor targets)
    {
        var scores = outputs.to(ScalarType.Float64);
        return Axes.MeanOfLane(scores.logsumexp(-1).sub(scores.gather(-1, targets.unsqueeze(-1)).squeeze(-1)));
    }

    /// <inheritdoc/>
    public Tensor OutputGradient(Tensor outputs, Tensor targets)
    {
        var chosen = targets.unsqueeze(-1);
        var gradient = outputs.softmax(-1);
        return gradient.scatter_add_(-1, chosen, outputs.new_full(chosen.shape, -1)).div_(targets.numel() / targets.shape[0]);
    }
}
