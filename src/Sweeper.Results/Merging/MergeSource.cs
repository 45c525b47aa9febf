using Sweeper.Core.Journal;
using Sweeper.Core.Sweeps;

namespace Sweeper.Results.Merging;

/// <summary>A results folder whose trials are wanted in another one. It is read and never written to.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Journal">Its journal, oldest line first.</param>
/// <param name="History">The journal, folded, less what is gone from the folder.</param>
public sealed record MergeSource(string Path, IReadOnlyList<JournalEntry> Journal, SweepHistory History)
{
    /// <summary>The plans that it has had, oldest first.</summary>
    public IEnumerable<JournalEntry.Planned> Plans => Journal.OfType<JournalEntry.Planned>();

    /// <summary>Segments with current rows, each with the trials whose current rows they are.</summary>
    public IEnumerable<(SegmentRecord Segment, List<TrialId> Trials)> Current => History.SegmentsInUse.Select(segment =>
        (segment, segment.Content.Trials.Where(trial => History.Trials.GetValueOrDefault(trial)?.Segment == segment.File.Name).ToList()));

    /// <summary>The latest failures of trials that are failed, newest first.</summary>
    public IEnumerable<JournalEntry.PackFailed> Failures => Journal.OfType<JournalEntry.PackFailed>().Reverse()
        .Select(failed => failed with { Trials = [.. failed.Trials.Where(History.HasFailed)] });
}
