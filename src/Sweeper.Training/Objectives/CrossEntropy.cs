using Sweeper.Training.Data;
using static TorchSharp.torch;

namespace Sweeper.Training.Objectives;

/// <summary>
/// Cross-entropy of class scores [K, n, ..., o] with class numbers [K, n, ...], mean over examples and what else has a class; nats.
/// </summary>
/// <param name="isExact">
/// Whether it is computed in float64 whatever the type of the scores: in float32 the loss of a network that is sure of its answers is
/// exactly 0.
/// </param>
internal sealed class CrossEntropy(bool isExact = true) : IObjective
{
    /// <inheritdoc/>
    public Tensor Loss(Tensor outputs, Tensor targets)
    {
        var scores = isExact ? outputs.to(ScalarType.Float64) : outputs;
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
