using static TorchSharp.torch;

namespace Sweeper.Training.Objectives;

/// <summary>
/// Cross-entropy of class scores [K, n, o] with class numbers [K, n], mean over examples; nats. Always in float64: in float32
/// the loss of a network that is sure of its answers is exactly 0.
/// </summary>
internal sealed class CrossEntropy : IObjective
{
    /// <inheritdoc/>
    public Tensor Loss(Tensor outputs, Tensor targets)
    {
        var scores = outputs.to(ScalarType.Float64);
        return scores.logsumexp(2).sub(scores.gather(2, targets.unsqueeze(2)).squeeze(2)).mean([1L]);
    }

    /// <inheritdoc/>
    public Tensor OutputGradient(Tensor outputs, Tensor targets)
    {
        var chosen = targets.unsqueeze(2);
        var gradient = outputs.softmax(2);
        return gradient.scatter_add_(2, chosen, outputs.new_full(chosen.shape, -1)).div_(outputs.shape[1]);
    }
}
