using Sweeper.Lanes.Networks;
using Sweeper.Training.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Optimizers;

/// <summary>
/// Adam (Kingma and Ba 2015) with bias correction and epsilon outside the root. Weight decay is either coupled (added to
/// the gradient: Adam of PyTorch) or decoupled (p *= 1 - rate * decay before the update: AdamW, Loshchilov and Hutter 2019).
/// </summary>
internal sealed class Adam : IOptimizer
{
    private static readonly Scalar One = 1.0;
    private readonly double beta1, beta2, epsilonNumber;
    private readonly Scalar keep1, take1, keep2, take2, epsilon;
    private readonly Tensor rate, descent;
    private readonly Tensor? decay;
    private readonly bool isDecoupled;

    /// <param name="rate">[K, 1].</param>
    /// <param name="decay">Weight decay [K, 1], [K, T] where it is not that of all parameters, or null for none.</param>
    /// <param name="isDecoupled">Whether the decay is AdamW's.</param>
    /// <param name="beta1">Decay of the first moment.</param>
    /// <param name="beta2">Decay of the second moment.</param>
    /// <param name="epsilon">Added to the root of the second moment.</param>
    public Adam(Tensor rate, Tensor? decay, bool isDecoupled, double beta1, double beta2, double epsilon)
    {
        this.rate = rate;
        this.decay = decay;
        this.isDecoupled = isDecoupled;
        this.beta1 = beta1;
        this.beta2 = beta2;
        epsilonNumber = epsilon;
        this.epsilon = epsilon;
        keep1 = beta1;
        take1 = 1 - beta1;
        keep2 = beta2;
        take2 = 1 - beta2;
        descent = rate.neg();
    }

    /// <inheritdoc/>
    public int Moments => 2;

    /// <inheritdoc/>
    public Update? AsData(long lanes) => WeightDecay.IsUniform(decay)
        ? new Update.Adam(PerLane.Of(rate, lanes), PerLane.OrNull(decay, lanes), isDecoupled, beta1, beta2, epsilonNumber)
        : null;

    /// <inheritdoc/>
    public void Update(Tensor parameters, Tensor gradient, OptimizerState state, double factor)
    {
        if (decay is not null)
        {
            Decay(parameters, gradient, decay, factor);
        }

        var first = state.Moments[0].mul_(keep1).add_(gradient, take1);
        var second = state.Moments[1].mul_(keep2).addcmul_(gradient, gradient, take2);
        using Scalar correction = 1 / Math.Sqrt(1 - Math.Pow(beta2, state.Updates));
        using Scalar scale = factor / (1 - Math.Pow(beta1, state.Updates));
        var spread = SquareRoot.Of(second).mul_(correction).add_(epsilon);
        parameters.addcdiv_(first.mul(descent), spread, scale);
    }

    private void Decay(Tensor parameters, Tensor gradient, Tensor amount, double factor)
    {
        if (!isDecoupled)
        {
            gradient.addcmul_(parameters, amount, One);
            return;
        }

        using Scalar shrink = -factor;
        parameters.mul_(rate.mul(amount).mul_(shrink).add_(One));
    }
}
