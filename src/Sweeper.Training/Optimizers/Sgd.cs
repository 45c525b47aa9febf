using Sweeper.Lanes.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Optimizers;

/// <summary>
/// Gradient descent, with momentum where it is given: g += decay * p; m = mu * m + g; p -= rate * m. As PyTorch's SGD:
/// coupled weight decay, the first moment is the first gradient, the rate is not part of the moment.
/// </summary>
/// <param name="rate">[K, 1].</param>
/// <param name="decay">Weight decay [K, 1], [K, T] where it is not that of all parameters, or null for none.</param>
/// <param name="momentum">[K, 1], or null for plain gradient descent.</param>
internal sealed class Sgd(Tensor rate, Tensor? decay = null, Tensor? momentum = null) : IOptimizer
{
    private static readonly Scalar One = 1.0;
    private readonly Tensor descent = rate.neg();

    /// <inheritdoc/>
    public int Moments => momentum is null ? 0 : 1;

    /// <inheritdoc/>
    public Update? AsData(long lanes) => WeightDecay.IsUniform(decay)
        ? new Update.Sgd(PerLane.Of(rate, lanes), PerLane.OrNull(decay, lanes), PerLane.OrNull(momentum, lanes))
        : null;

    /// <inheritdoc/>
    public void Update(Tensor parameters, Tensor gradient, OptimizerState state, double factor)
    {
        if (decay is not null)
        {
            gradient.addcmul_(parameters, decay, One);
        }

        if (momentum is not null)
        {
            gradient = state.Moments[0].mul_(momentum).add_(gradient);
        }

        using Scalar scale = factor;
        parameters.addcmul_(gradient, descent, scale);
    }
}
