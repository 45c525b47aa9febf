using System.Collections.Immutable;
using Sweeper.Core.Measurements;
using Sweeper.Core.Packing;
using Sweeper.Core.Sweeps;

namespace Sweeper.Core.Journal;

/// <summary>
/// What a journal says, folded: plan, packs, and for every trial its one current segment or failure. The coordinator
/// keeps one up to date; `status`, `plan` and the derived files read one.
/// </summary>
public sealed class SweepHistory
{
    /// <summary>
    /// Leases at most that a run tells before their lines are on disk. It may die before they are, so that the next one leaves out as many
    /// numbers: none is ever given twice.
    /// </summary>
    public const int MostAhead = 1000;

    private readonly Dictionary<TrialId, TrialRecord> trials = [];
    private readonly Dictionary<string, SegmentRecord> segments = [];
    private readonly Dictionary<string, string> lastOf = [];
    private readonly PausedPacks begun = new();
    private readonly Dictionary<string, JournalEntry.CommitGranted> granted = [];
    private readonly HashSet<string> gone = [];
    private readonly Dictionary<PackId, int> attempts = [];
    private readonly Dictionary<PackId, int> ended = [];
    private readonly Dictionary<PackId, ImmutableArray<Pack>> splits = [];
    private readonly Dictionary<PackId, ImmutableArray<TrialId>> named = [];
    private readonly HashSet<PackId> suspects = [];
    private Comparison? last;

    /// <summary>Folds a whole journal.</summary>
    public static SweepHistory Fold(IEnumerable<JournalEntry> entries)
    {
        var history = new SweepHistory();
        foreach (var entry in entries)
        {
            history.Apply(entry);
        }

        return history;
    }

    /// <summary>The current plan, or null in a fresh folder.</summary>
    public JournalEntry.Planned? Plan { get; private set; }

    /// <summary>Who opened the folder last to run something, or null.</summary>
    public JournalEntry.Opened? LatestRun { get; private set; }

    /// <summary>What numbers the sweep is computed with, in the order in which they came in; empty before the first lease.</summary>
    public ImmutableArray<string> Numerics { get; private set; } = [];

    /// <summary>Largest number of a lease that was ever given, or may have been by a run before the latest.</summary>
    public long LastLease { get; private set; }

    /// <summary>Every trial that was ever committed or failed, of this plan or an earlier one.</summary>
    public IReadOnlyDictionary<TrialId, TrialRecord> Trials => trials;

    /// <summary>Committed segments, by file name (of the last one, where a pack has several), also those without a current trial.</summary>
    public IReadOnlyDictionary<string, SegmentRecord> Segments => segments;

    /// <summary>Of these, the ones that hold the current rows of a trial, of this plan or an earlier one.</summary>
    public IEnumerable<SegmentRecord> SegmentsInUse =>
        trials.Values.Select(trial => trial.Segment).OfType<string>().Distinct().Select(name => segments[name]);

    /// <summary>Packs that paused and are not complete: what of them is committed.</summary>
    public IReadOnlyDictionary<PackId, SegmentRecord> Begun => begun.ByPack;

    /// <summary>Files of segments that no longer count, pruned or replaced; some may still be there.</summary>
    public IReadOnlyCollection<string> Gone => gone;

    /// <summary>Commits that were granted and neither reported nor given up: their file may or may not be in place.</summary>
    public IReadOnlyCollection<JournalEntry.CommitGranted> Unreported => granted.Values;

    /// <summary>Checkpoints from which packs go on, or will once a granted commit is in place; those of some packs.</summary>
    public IEnumerable<string> CheckpointsInUse(Func<PackId, bool> isAsked) =>
        begun.ByPack.Values
            .Select(paused => (paused.Pack, paused.File)).Concat(granted.Values.Select(commit => (commit.Pack, File: commit.Segment)))
            .Where(one => isAsked(one.Pack)).Select(one => one.File.Checkpoint?.Name).OfType<string>();

    /// <summary>Attempts that a pack has spent on errors, of its present budget.</summary>
    public int Attempts(PackId pack) => attempts.GetValueOrDefault(pack);

    /// <summary>Whether an attempt that went on from a pack's checkpoint, or could have, ended in an error.</summary>
    public bool IsSuspect(PackId pack) => suspects.Contains(pack);

    /// <summary>The packs of a cut as they are trained now: those that were split in their parts, in order.</summary>
    public IEnumerable<Pack> Current(IEnumerable<Pack> cut) =>
        cut.SelectMany(pack => splits.TryGetValue(pack.Id, out var parts) ? Current(parts) : [pack]);

    /// <summary>Whether a pack goes on in parts.</summary>
    public bool WasSplit(PackId pack) => splits.ContainsKey(pack);

    /// <summary>The trials of a pack in its order, where a line names all of them; else empty.</summary>
    public ImmutableArray<TrialId> TrialsOf(Pack pack) => named.TryGetValue(pack.Id, out var all) && all.Length == pack.Count ? all : [];

    /// <summary>Whether a trial's current segment holds all that is asked.</summary>
    public bool Covers(TrialId trial, MeasureSchedule asked) => trials.TryGetValue(trial, out var record) && Covers(record, asked);

    /// <summary>Whether the segment of a trial of this history holds all that is asked.</summary>
    public bool Covers(TrialRecord record, MeasureSchedule asked)
    {
        if (record.Segment is null)
        {
            return false;
        }

        // The trials of a pack have one segment and ask alike, one after the other.
        var known = last;
        if (known is null || !ReferenceEquals(known.Segment, record.Segment) || !ReferenceEquals(known.Asked, asked))
        {
            var schedule = segments[record.Segment].Content.Schedule;
            var isCovered = known is not null && ReferenceEquals(known.Schedule, schedule) && ReferenceEquals(known.Asked, asked)
                ? known.IsCovered
                : schedule.Covers(asked);
            last = known = new Comparison(record.Segment, schedule, asked, isCovered);
        }

        return known.IsCovered;
    }

    /// <summary>Whether a trial has failed for good; it may still be covered by rows from before.</summary>
    public bool HasFailed(TrialId trial) => trials.TryGetValue(trial, out var record) && record.Failure is not null;

    /// <summary>Adds what one more line says.</summary>
    public void Apply(JournalEntry entry)
    {
        last = null;
        switch (entry)
        {
            case JournalEntry.Opened latest:
                LastLease += LatestRun is null ? 0 : MostAhead;
                LatestRun = latest;
                break;
            case JournalEntry.Planned planned:
                Plan = planned;
                break;
            case JournalEntry.NumericsFrozen frozen:
                Numerics = Numerics.Add(frozen.Numerics);
                break;
            case JournalEntry.Leased leased:
                LastLease = Math.Max(LastLease, leased.Lease);
                break;
            case JournalEntry.AttemptEnded attempt:
                End(attempt);
                break;
            case JournalEntry.CommitGranted commit:
                granted[commit.Segment.Name] = commit;
                break;
            case JournalEntry.Committed committed when granted.Remove(committed.Segment, out var commit):
                Commit(commit);
                break;
            case JournalEntry.Merged merged:
                Lose(merged.Segments[^1].Name);
                Count(new SegmentRecord(merged.Pack, merged.Segments[^1], merged.Content) { Earlier = merged.Segments[..^1] });
                break;
            case JournalEntry.Split split:
                splits[split.Pack] = split.Parts;
                Abandon(split.Pack);
                break;
            case JournalEntry.PackFailed failed:
                Fail(failed);
                break;
            case JournalEntry.SegmentLost lost:
                Lose(lost.Segment);
                break;
            case JournalEntry.Retried retried:
                Retry(retried.Trials);
                break;
            case JournalEntry.Pruned pruned:
                foreach (var segment in pruned.Segments)
                {
                    Lose(segment);
                    gone.Add(segment);
                }

                break;
        }
    }

    private int Ended(PackId pack) => ended.GetValueOrDefault(pack);

    private void End(JournalEntry.AttemptEnded attempt)
    {
        if (attempt.Kind is FailureKind.Error or FailureKind.OutOfMemory)
        {
            attempts[attempt.Pack] = Attempts(attempt.Pack) + 1;
            ended[attempt.Pack] = Ended(attempt.Pack) + 1;
            if (begun.ByPack.ContainsKey(attempt.Pack))
            {
                suspects.Add(attempt.Pack);
            }
        }

        foreach (var (segment, _) in granted.Where(pair => pair.Value.Lease == attempt.Lease).ToList())
        {
            granted.Remove(segment);
        }
    }

    private void Commit(JournalEntry.CommitGranted commit)
    {
        var before = commit.Content.After is null ? null : begun.ByPack.GetValueOrDefault(commit.Pack);
        if (before is null)
        {
            Abandon(commit.Pack);
            suspects.Remove(commit.Pack);
        }

        // A pack that is trained again (a new metric was asked for) replaces its file: what it held before is gone.
        Lose(commit.Segment.Name);
        gone.Remove(commit.Segment.Name);
        var record = new SegmentRecord(commit.Pack, commit.Segment, commit.Content) { Earlier = before is null ? [] : [.. before.Files] };
        if (commit.Segment.Checkpoint is not null)
        {
            begun.Set(record);
            return;
        }

        begun.Take(commit.Pack);
        Count(record);

        // A journal that was rebuilt from segments (lease 0) has the order of their rows.
        if (commit.Lease > 0)
        {
            Name(commit.Pack, commit.Content.Trials);
        }
    }

    /// <summary>From now on these are the rows of its trials.</summary>
    private void Count(SegmentRecord record)
    {
        segments[record.File.Name] = record;
        foreach (var file in record.Files)
        {
            gone.Remove(file.Name);
        }

        foreach (var earlier in record.Earlier)
        {
            lastOf[earlier.Name] = record.File.Name;
        }

        var diverged = record.Content.Diverged.ToDictionary(trial => trial.Trial, trial => trial.Step);
        var sound = new TrialRecord(
            record.Pack, record.File.Name, null, Ended(record.Pack) + 1, record.Content.Worker, record.Content.WallSeconds, null);
        foreach (var trial in record.Content.Trials)
        {
            trials[trial] = diverged.TryGetValue(trial, out var step) ? sound with { DivergedStep = step } : sound;
        }
    }

    private void Name(PackId pack, ImmutableArray<TrialId> some)
    {
        if (!named.TryGetValue(pack, out var known) || known.Length < some.Length)
        {
            named[pack] = some;
        }
    }

    private void Fail(JournalEntry.PackFailed failed)
    {
        foreach (var trial in failed.Trials)
        {
            // Rows from before (the pack was trained again for more metrics) are still good.
            trials[trial] = trials.TryGetValue(trial, out var before) && before.Segment is not null
                ? before with { Attempts = Ended(failed.Pack), Failure = failed.Reason }
                : new TrialRecord(failed.Pack, null, null, Ended(failed.Pack), null, null, failed.Reason);
        }

        Name(failed.Pack, failed.Trials);

        // The budget is spent; should the pack ever be tried again, it has a new one.
        attempts.Remove(failed.Pack);
    }

    private void Retry(ImmutableArray<TrialId> again)
    {
        foreach (var trial in again)
        {
            if (!trials.TryGetValue(trial, out var record) || record.Failure is null)
            {
                continue;
            }

            if (record.Segment is null)
            {
                trials.Remove(trial);
            }
            else
            {
                trials[trial] = record with { Failure = null };
            }
        }
    }

    /// <summary>What a pack had when it paused does not count any more: it begins anew.</summary>
    private void Abandon(PackId pack)
    {
        if (begun.Take(pack) is { } record)
        {
            Part(record);
            gone.Add(record.File.Name);
        }
    }

    /// <summary>Segments of a pack count together or not at all.</summary>
    private void Part(SegmentRecord record)
    {
        foreach (var earlier in record.Earlier)
        {
            lastOf.Remove(earlier.Name);
            gone.Add(earlier.Name);
        }

        if (!record.Earlier.IsEmpty)
        {
            gone.Add(record.File.Name);
        }
    }

    private void Lose(string segment)
    {
        granted.Remove(segment);
        if (begun.PackOf(segment) is { } paused)
        {
            Abandon(paused);
        }

        segment = lastOf.GetValueOrDefault(segment, segment);
        if (!segments.Remove(segment, out var record))
        {
            return;
        }

        Part(record);

        foreach (var trial in record.Content.Trials)
        {
            if (!trials.TryGetValue(trial, out var current) || current.Segment != segment)
            {
                continue;
            }

            if (current.Failure is null)
            {
                trials.Remove(trial);
            }
            else
            {
                trials[trial] = current with { Segment = null, DivergedStep = null };
            }
        }
    }

    private sealed record Comparison(string Segment, MeasureSchedule Schedule, MeasureSchedule Asked, bool IsCovered);
}
