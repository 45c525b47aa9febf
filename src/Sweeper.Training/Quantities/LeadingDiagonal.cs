using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>What of a matrix of agreements is reported: its diagonal, strongest singular vectors first.</summary>
internal static class LeadingDiagonal
{
    /// <summary>Entries that a mean is over at most.</summary>
    public const int Averaged = 10;

    /// <summary>Entries that are reported at most.</summary>
    public const int Reported = 100;

    /// <summary>[..., r, r'] -> the first entries [..., min(count, r, r')].</summary>
    public static Tensor Of(Tensor agreements, int count = Reported)
    {
        var diagonal = agreements.diagonal(0, -2, -1);
        return diagonal.narrow(-1, 0, Math.Min(count, diagonal.shape[^1]));
    }

    /// <summary>Mean of the first ten of them, [...].</summary>
    public static Tensor Mean(Tensor agreements) => Of(agreements, Averaged).mean([-1L]);
}
