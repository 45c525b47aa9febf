using System.Collections.Immutable;
using Sweeper.Core.Packing;
using Sweeper.Core.Sweeps;

namespace Sweeper.Core.Journal;

/// <summary>Failed trials with the same cause.</summary>
/// <param name="Fingerprint">The cause (see <see cref="FailureFingerprint"/>).</param>
/// <param name="Kind">How their packs ended.</param>
/// <param name="Reason">The latest message, in full.</param>
/// <param name="Trials">The trials, in the order in which they failed.</param>
/// <param name="Packs">Their packs.</param>
/// <param name="Host">Host of the coordinator at the latest failure.</param>
/// <param name="Worker">Who trained the pack that failed last; empty when the journal does not say.</param>
/// <param name="At">When.</param>
public sealed record FailureGroup(
    string Fingerprint, FailureKind Kind, string Reason, ImmutableArray<TrialId> Trials, ImmutableArray<PackId> Packs, string Host,
    string Worker, DateTimeOffset At)
{
    /// <summary>The failures that still stand, most trials first. Causes that `retry` or a later success has settled are gone.</summary>
    /// <param name="entries">The journal, oldest first.</param>
    /// <param name="isPlanned">Whether the plan has a trial.</param>
    public static ImmutableArray<FailureGroup> Of(IEnumerable<JournalEntry> entries, Func<TrialId, bool> isPlanned)
    {
        var host = "";
        var workerOf = new Dictionary<PackId, string>();
        var standing = new Dictionary<TrialId, FailureGroup>();
        var history = new SweepHistory();
        foreach (var entry in entries)
        {
            history.Apply(entry);
            switch (entry)
            {
                case JournalEntry.Opened opened:
                    host = opened.Host;
                    break;
                case JournalEntry.Leased leased:
                    workerOf[leased.Pack] = leased.Worker;
                    break;
                case JournalEntry.PackFailed failed:
                    var one = new FailureGroup(
                        FailureFingerprint.Of(failed.Reason), failed.Kind, failed.Reason, [], [failed.Pack], host,
                        workerOf.GetValueOrDefault(failed.Pack, ""), failed.At);
                    foreach (var trial in failed.Trials)
                    {
                        standing[trial] = one with { Trials = [trial] };
                    }

                    break;
            }
        }

        return [.. standing.Values
            .Where(one => isPlanned(one.Trials[0]) && history.HasFailed(one.Trials[0]))
            .GroupBy(one => (one.Fingerprint, one.Kind))
            .Select(Join)
            .OrderByDescending(group => group.Trials.Length).ThenBy(group => group.Fingerprint, StringComparer.Ordinal)];
    }

    private static FailureGroup Join(IEnumerable<FailureGroup> alike)
    {
        var all = alike.ToList();
        return all.MaxBy(one => one.At)! with
        {
            Trials = [.. all.Select(one => one.Trials[0])],
            Packs = [.. all.Select(one => one.Packs[0]).Distinct()],
        };
    }
}
