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
    public static Tensor EffectiveRank(Tensor singular) => Entropy(singular).exp().masked_fill_(IsZero(singular), 0);

    /// <summary>Effective rank over r, in [1 / r, 1].</summary>
    public static Tensor NormalisedEffectiveRank(Tensor singular) => EffectiveRank(singular) / singular.shape[^1];

    /// <summary>Squared Frobenius over squared spectral norm.</summary>
    public static Tensor StableRank(Tensor singular) =>
        singular.square().sum(-1) / singular.amax([-1L]).square().masked_fill_(IsZero(singular), 1);

    /// <summary>Smallest number of leading values that carry more than 90 % of the sum.</summary>
    public static Tensor Count90(Tensor singular)
    {
        var below = Shares(singular).cumsum(-1).le(0.9).sum(-1);
        return below.add_(1).masked_fill_(IsZero(singular), 0);
    }

    private static Tensor Shares(Tensor singular)
    {
        var total = singular.sum(-1, keepdim: true);
        return singular / total.masked_fill(total.eq(0), 1);
    }

    private static Tensor IsZero(Tensor singular) => singular.sum(-1).eq(0);
}
