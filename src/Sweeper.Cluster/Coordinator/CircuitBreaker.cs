using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Sweeper.Core.Journal;
using Sweeper.Core.Packing;

namespace Sweeper.Cluster.Coordinator;

/// <summary>
/// Notices that nothing works: the first three packs, or the first twenty trials that used up their retries, failed alike
/// and nothing was committed. Counts since the folder was opened, so that a mended sweep gets another chance.
/// </summary>
internal sealed partial record CircuitBreaker
{
    private const int Packs = 3;
    private const long Trials = 20;

    /// <summary>Nothing has happened.</summary>
    public static CircuitBreaker Closed { get; } = new();

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

        var cause = $"{kind}: {Number().Replace(reason, "#")}";
        return this with
        {
            IsRuledOut = IsRuledOut || (Cause is not null && Cause != cause),
            Cause = cause,
            FailedPacks = FailedPacks.Add(pack),
            SpentTrials = SpentTrials + spentTrials,
        };
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();
}
