using System.Collections.Immutable;
using Sweeper.Core.Journal;
using Sweeper.Core.Packing;

namespace Sweeper.Cluster.Coordinator;

/// <summary>
/// Notices that nothing works: the first three packs failed alike, or the first twenty trials (all, in a smaller sweep) used
/// up their retries alike, and nothing was committed. Counts since the folder was opened, so that a mended sweep gets
/// another chance.
/// </summary>
/// <param name="Trials">Trials without retries left that are enough.</param>
internal sealed record CircuitBreaker(long Trials)
{
    private const int Packs = 3;
    private const long ManyTrials = 20;

    /// <summary>Nothing has happened.</summary>
    /// <param name="committed">Trials that were committed before: then a few failures are those trials' own.</param>
    /// <param name="pending">Trials to train.</param>
    public static CircuitBreaker Closed(long committed, long pending) => new(committed > 0 ? ManyTrials : Math.Min(ManyTrials, pending));

    private bool IsRuledOut { get; init; }
    private string? Cause { get; init; }
    private ImmutableHashSet<PackId> FailedPacks { get; init; } = [];
    private long SpentTrials { get; init; }

    /// <summary>Whether to stop.</summary>
    public bool IsOpen => !IsRuledOut && (FailedPacks.Count >= Packs || SpentTrials >= Trials);

    /// <summary>Something works.</summary>
    public CircuitBreaker AfterCommit() => this with { IsRuledOut = true };

    /// <summary>An attempt ended.</summary>
    /// <param name="pack">Which pack.</param>
    /// <param name="kind">How.</param>
    /// <param name="reason">One line; numbers in it are not compared.</param>
    /// <param name="spentTrials">Trials of the pack when it has used up its retries, else 0.</param>
    public CircuitBreaker AfterFailure(PackId pack, FailureKind kind, string reason, int spentTrials)
    {
        if (kind is not (FailureKind.Error or FailureKind.OutOfMemory))
        {
            return this;
        }

        var cause = $"{kind}: {FailureFingerprint.Of(reason)}";
        return this with
        {
            IsRuledOut = IsRuledOut || (Cause is not null && Cause != cause),
            Cause = cause,
            FailedPacks = FailedPacks.Add(PackSplit.RootOf(pack)),
            SpentTrials = SpentTrials + spentTrials,
        };
    }
}
