using System.Collections.Immutable;
using Sweeper.Core.Measurements;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;

namespace Sweeper.Core.Journal;

/// <summary>
/// One line of `journal.jsonl`: something that happened to a sweep and must not be forgotten. The state of a sweep is
/// a fold over these (<see cref="SweepHistory"/>).
/// </summary>
public abstract record JournalEntry
{
    private JournalEntry()
    {
    }

    /// <summary>A coordinator opened the folder.</summary>
    /// <param name="Host">Where.</param>
    /// <param name="Process">Which process.</param>
    /// <param name="Version">Version of Sweeper.</param>
    /// <param name="At">Coordinator's clock.</param>
    /// <param name="Only">The trials that its run is about, as a condition; null: all.</param>
    /// <param name="Limit">Of these the first so many; null: all.</param>
    /// <param name="Cluster">Its cluster file, where what was submitted outlives it; null for a run that ends with its process.</param>
    public sealed record Opened(
        string Host, int Process, string Version, DateTimeOffset At, string? Only = null, long? Limit = null,
        string? Cluster = null) : JournalEntry
    {
        /// <summary>What of the plan its run is about.</summary>
        public RunScope GetScope() => new(Only, Limit ?? long.MaxValue);
    }

    /// <summary>A plan was accepted and its cut frozen; it is the sweep's plan until the next such line.</summary>
    /// <param name="PlanHash">Hash of the plan's content.</param>
    /// <param name="Sweep">The resolved sweep file.</param>
    /// <param name="Trials">Number of trials.</param>
    /// <param name="Packs">The cut.</param>
    /// <param name="At">Coordinator's clock.</param>
    public sealed record Planned(string PlanHash, string Sweep, long Trials, ImmutableArray<Pack> Packs, DateTimeOffset At) : JournalEntry;

    /// <summary>
    /// The first lease fixed what numbers the sweep is computed with. Each further line allows others beside them: a run with `--mixed`.
    /// </summary>
    /// <param name="Numerics">Engine and version, device class; free text compared for equality.</param>
    public sealed record NumericsFrozen(string Numerics) : JournalEntry;

    /// <summary>A worker got a pack.</summary>
    public sealed record Leased(PackId Pack, long Lease, string Worker, int Attempt, DateTimeOffset At) : JournalEntry;

    /// <summary>An attempt ended without a commit.</summary>
    /// <param name="Pack">Which pack.</param>
    /// <param name="Lease">Which lease.</param>
    /// <param name="Kind">Why.</param>
    /// <param name="Reason">One line for people.</param>
    /// <param name="At">Coordinator's clock.</param>
    public sealed record AttemptEnded(PackId Pack, long Lease, FailureKind Kind, string Reason, DateTimeOffset At) : JournalEntry;

    /// <summary>
    /// The aggregator was told that it may publish: written before the rename, so that the file can be adopted after a crash.
    /// </summary>
    public sealed record CommitGranted(PackId Pack, long Lease, StagedSegment Segment, SegmentContent Content) : JournalEntry;

    /// <summary>
    /// The segment is in `segments/`, with its checkpoint if it has one: then the pack goes on after it, and its trials are not committed
    /// yet.
    /// </summary>
    public sealed record Committed(PackId Pack, long Lease, string Segment, DateTimeOffset At) : JournalEntry;

    /// <summary>
    /// Rows of a pack were copied from another folder of the same sweep: all of its segments in one line, staged before it is written
    /// and renamed after.
    /// </summary>
    /// <param name="Pack">Its name here (<see cref="PackId.MergedAs"/>).</param>
    /// <param name="Segments">In the order of their steps.</param>
    /// <param name="Content">What they hold together.</param>
    /// <param name="From">The other folder.</param>
    /// <param name="At">Clock of whoever merged.</param>
    public sealed record Merged(PackId Pack, ImmutableArray<StagedSegment> Segments, SegmentContent Content, string From, DateTimeOffset At)
        : JournalEntry;

    /// <summary>A pack used up its retries: its wanted trials are failed until `retry`.</summary>
    public sealed record PackFailed(PackId Pack, ImmutableArray<TrialId> Trials, FailureKind Kind, string Reason, DateTimeOffset At)
        : JournalEntry;

    /// <summary>A pack cannot be trained as a whole and goes on in parts, which are packs of their own.</summary>
    /// <param name="Pack">The pack, or a part of one.</param>
    /// <param name="Parts">What takes its place.</param>
    /// <param name="Kind">Why: too little memory (fewer lanes), or an error that is one trial's (halves).</param>
    /// <param name="Reason">One line for people.</param>
    /// <param name="At">Coordinator's clock.</param>
    public sealed record Split(PackId Pack, ImmutableArray<Pack> Parts, FailureKind Kind, string Reason, DateTimeOffset At) : JournalEntry;

    /// <summary>A committed segment is gone or damaged and was given up; its trials are no longer committed.</summary>
    public sealed record SegmentLost(string Segment, string Reason, DateTimeOffset At) : JournalEntry;

    /// <summary>Somebody asked for failed trials to be tried again: they are no longer failed, and their packs have a new budget.</summary>
    public sealed record Retried(ImmutableArray<TrialId> Trials, DateTimeOffset At) : JournalEntry;

    /// <summary>Somebody had segments removed that hold nothing current; written before the files go.</summary>
    public sealed record Pruned(ImmutableArray<string> Segments, DateTimeOffset At) : JournalEntry;
}

/// <summary>What a committed segment holds; of a pack that paused, what all its segments so far hold together.</summary>
/// <param name="Trials">Trials with rows (also those that diverged).</param>
/// <param name="Diverged">Trials that diverged, with their step.</param>
/// <param name="Schedule">What was measured.</param>
/// <param name="Worker">Who trained it.</param>
/// <param name="WallSeconds">Wall time of the attempt.</param>
/// <param name="After">The segment that it goes on after; null for the first of its pack.</param>
public sealed record SegmentContent(
    ImmutableArray<TrialId> Trials, ImmutableArray<DivergedTrial> Diverged, MeasureSchedule Schedule, string Worker, double WallSeconds,
    string? After = null);

/// <summary>A trial that became non-finite.</summary>
public sealed record DivergedTrial(TrialId Trial, long Step);

/// <summary>Why an attempt at a pack ended early.</summary>
public enum FailureKind
{
    /// <summary>The training code threw.</summary>
    Error,
    /// <summary>The device had too little memory.</summary>
    OutOfMemory,
    /// <summary>The worker vanished or its lease ran out.</summary>
    Lost,
    /// <summary>Stopped on request or by preemption.</summary>
    Drained,
    /// <summary>Its rows could not be stored (disk full, ...).</summary>
    Storage,
}
