using Sweeper.Bench.Peers;

namespace Sweeper.Bench.Results;

/// <summary>When nothing may be concluded from a row.</summary>
internal static class VoidRule
{
    /// <summary>Final losses of two sides may differ by so much, relatively.</summary>
    public const double Tolerance = 1e-3;

    /// <summary>The reason, or null.</summary>
    /// <param name="peers">What the peers compute with.</param>
    /// <param name="difference">Between the final losses; NaN where one of them is no number.</param>
    public static string? Reason(IEnumerable<PeerAbout> peers, double difference) =>
        peers.Any(peer => peer.Blas == "reference") ? "a peer computes with the reference BLAS: install libopenblas0-pthread"
        : !(difference <= Tolerance) ? FormattableString.Invariant(
            $"final losses differ by {difference:0.0e0}, more than {Tolerance}: the two sides did not do the same")
        : null;

    /// <summary>The largest relative difference of losses of the same lanes; NaN where one is no number.</summary>
    public static double Difference(IEnumerable<(double Ours, double Theirs)> losses) =>
        losses.Select(pair => Math.Abs(pair.Ours - pair.Theirs) / Math.Abs(pair.Theirs)).Aggregate(0.0, Math.Max);
}
