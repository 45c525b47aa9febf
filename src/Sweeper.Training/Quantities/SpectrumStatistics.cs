using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>
/// Ranks that need not be whole numbers, from singular values [..., r] of matrices whose smaller side is r. Everything
/// of a zero matrix is 0.
/// </summary>
internal static class SpectrumStatistics
{
    /// <summary>H = -sum q ln q of the normalised singular values q; nats.</summary>
    public static Tensor Entropy(Tensor singular)
    {
        var shares = Shares(singular);
        return special.entr(shares).sum(-1);
    }

    /// <summary>Effective rank exp(H), in [1, r] (Roy and Vetterli 2007).</summary>
    public static Tensor EffectiveRank(Tensor singular) => where(singular.sum(-1).gt(0), Entropy(singular).exp(), Zero(singular));

    /// <summary>Squared Frobenius over squared spectral norm.</summary>
    public static Tensor StableRank(Tensor singular)
    {
        var largest = singular.amax([-1L]).square();
        return where(largest.gt(0), singular.square().sum(-1) / largest, Zero(singular));
    }

    /// <summary>Smallest number of leading values that carry more than 90 % of the sum.</summary>
    public static Tensor Count90(Tensor singular)
    {
        var count = Shares(singular).cumsum(-1).le(0.9).sum(-1).add(1).to(singular.dtype);
        return where(singular.sum(-1).gt(0), count, Zero(singular));
    }

    private static Tensor Shares(Tensor singular)
    {
        var total = singular.sum(-1, keepdim: true);
        return where(total.gt(0), singular / total, zeros_like(singular));
    }

    private static Tensor Zero(Tensor singular) => zeros([], singular.dtype, singular.device);
}
