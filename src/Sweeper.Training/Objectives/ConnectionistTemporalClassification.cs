using Sweeper.Training.Data;
using static TorchSharp.torch;

namespace Sweeper.Training.Objectives;

/// <summary>
/// Connectionist temporal classification (Graves et al. 2006): minus the logarithm of the probability that the frames of a sequence spell
/// its labels, whichever frames say which, divided by the number of labels; mean over examples, in nats. Scores [K, n, t, 1 + labels], of
/// which the first is for saying nothing, with labels [K, n, u] from 0 (<see cref="Sequences"/>).
/// </summary>
/// <remarks>Always in float64, as cross-entropy is. A sequence with fewer frames than its labels need has an infinite loss.</remarks>
internal sealed class ConnectionistTemporalClassification : IObjective
{
    /// <summary>The class of a frame that says nothing.</summary>
    public const long Blank = 0;

    /// <inheritdoc/>
    public Tensor Loss(Tensor outputs, Tensor targets)
    {
        var isPadding = Sequences.IsPadding(outputs);
        var frames = isPadding.logical_not().sum(-1).flatten();
        var labels = targets.ne(Sequences.NoLabel).sum(-1).flatten();
        var logarithms = Sequences.Filled(outputs, isPadding).to(ScalarType.Float64).log_softmax(-1).flatten(0, 1).transpose(0, 1);
        // The library reads before the first frame where there is none: of a network that gives nothing but NaN.
        var losses = nn.functional.ctc_loss(
                logarithms, targets.flatten(0, 1) + 1, frames.clamp(min: 1), labels, Blank, zero_infinity: false,
                reduction: nn.Reduction.None)
            .masked_fill(frames.eq(0), double.PositiveInfinity);
        return (losses / labels).view(outputs.shape[..2]).mean([1L]);
    }
}
