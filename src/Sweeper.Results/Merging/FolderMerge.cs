using System.Collections.Immutable;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Folders;
using Sweeper.Results.Segments;

namespace Sweeper.Results.Merging;

/// <summary>
/// Takes the trials of other folders of a sweep into one that is open for writing. All is compared and copied to the staging folder
/// first; then one write of the journal says what is merged, and the copies are renamed into place. A process that dies before that
/// write leaves the target as it was; one that dies after it leaves renames that whoever opens the folder next does.
/// </summary>
/// <param name="target">The target.</param>
/// <param name="path">Its path.</param>
/// <param name="plan">What the target is to be asked for from now on.</param>
/// <param name="isMixed">Whether numbers of different kinds may stand beside one another.</param>
/// <param name="at">Time of the journal's lines.</param>
public sealed class FolderMerge(ISweepFolder target, string path, SweepPlan plan, bool isMixed, DateTimeOffset at)
{
    private readonly SweepHistory history = SweepHistory.Fold(target.Journal.History);
    private readonly SegmentCopies copies = new(new ResultFolder(path));
    private readonly HeldRows held = new();
    private readonly List<JournalEntry> lines = [];
    private readonly List<StagedSegment> staged = [];

    /// <summary>
    /// Merges all sources, or none of them. Throws <see cref="SweepException"/> (preflight) where numerics or rows differ or a file is
    /// damaged.
    /// </summary>
    public ImmutableArray<MergedPart> Run(IReadOnlyList<MergeSource> sources)
    {
        foreach (var segment in history.SegmentsInUse)
        {
            held.Add(path, segment,
                segment.Content.Trials.Where(trial => history.Trials.GetValueOrDefault(trial)?.Segment == segment.File.Name));
        }

        var parts = Stage(sources);
        staged.ForEach(target.Segments.Publish);
        return parts;
    }

    private ImmutableArray<MergedPart> Stage(IReadOnlyList<MergeSource> sources)
    {
        try
        {
            AddPlans(sources);
            ImmutableArray<MergedPart> parts = [.. sources.Select(Take)];
            if (lines.Count > 0)
            {
                target.Journal.Append([.. lines]);
            }

            return parts;
        }
        catch
        {
            staged.ForEach(target.Segments.Discard);
            throw;
        }
    }

    /// <summary>`rerun` needs the plan that a trial was trained in; the last one is the target's.</summary>
    private void AddPlans(IReadOnlyList<MergeSource> sources)
    {
        var known = target.Journal.History.OfType<JournalEntry.Planned>().Select(planned => planned.PlanHash).ToHashSet();
        lines.AddRange(sources.SelectMany(source => source.Plans).Where(planned => known.Add(planned.PlanHash)));
        if (lines.Count > 0 || history.Plan?.PlanHash != plan.Hash)
        {
            lines.Add(new JournalEntry.Planned(plan.Hash, plan.ResolvedText, plan.TrialCount, plan.Packs, at));
        }
    }

    private MergedPart Take(MergeSource source)
    {
        AddNumerics(source);
        int taken = 0, known = 0;
        foreach (var (segment, trials) in source.Current)
        {
            var here = trials.Where(held.Has).ToList();
            here.ForEach(trial => held.Compare(source.Path, segment, trial));
            known += here.Count;
            taken += trials.Count - here.Count;
            if (here.Count < trials.Count)
            {
                Take(source, segment, trials);
                held.Add(source.Path, segment, trials);
            }
        }

        var failed = 0;
        foreach (var failure in source.Failures)
        {
            ImmutableArray<TrialId> unknown = [.. failure.Trials.Where(trial => !history.Trials.ContainsKey(trial))];
            if (!unknown.IsEmpty)
            {
                Say(failure with { Trials = unknown });
                failed += unknown.Length;
            }
        }

        return new MergedPart(source.Path, taken, known, failed, source.History.Begun.Count);
    }

    /// <summary>The same rule as for workers: numbers of one kind, unless it is given up.</summary>
    private void AddNumerics(MergeSource source)
    {
        if (!isMixed && source.History.SegmentsInUse.Any() && source.History.Numerics.IsEmpty)
        {
            throw new SweepException(
                ExitCode.Preflight, "its journal does not say with what its numbers were computed",
                "Run it once more where it was trained, with another seed say, so that it does; or give up equal last bits with --mixed.",
                source.Path);
        }

        foreach (var numerics in source.History.Numerics.Where(numerics => !history.Numerics.Contains(numerics)))
        {
            if (!isMixed && !NumericsClass.MayGoOn(history.Numerics, numerics))
            {
                throw new SweepException(
                    ExitCode.Preflight,
                    $"its numbers are others than the target's: {NumericsDifference.OfNearest(numerics, history.Numerics)}",
                    "Nothing was merged. Train the trials of one where the other was trained, and by the same --engine, "
                    + "or give up equal last bits with --mixed.",
                    $"{source.Path} was computed with {numerics}\nthe target with {string.Join(" and ", history.Numerics)}");
            }

            Say(new JournalEntry.NumericsFrozen(numerics));
        }
    }

    private void Take(MergeSource source, SegmentRecord segment, List<TrialId> trials)
    {
        var pack = segment.Pack.MergedAs(segment.File.Sha256);
        var experiment = SegmentMetadata.NameOf(plan.Experiment);
        var files = ImmutableArray.CreateBuilder<StagedSegment>();
        foreach (var (interval, file) in segment.Files.Index())
        {
            var copy = copies.Stage(
                new ResultFolder(source.Path), file, FormattableString.Invariant($"{pack.Name}-{interval}.parquet"), experiment,
                segment.Content.Trials.Length);
            staged.Add(copy);
            files.Add(copy);
        }

        // Merged before for other trials: those stay.
        var before = history.Segments.GetValueOrDefault(files[^1].Name)?.Content.Trials ?? [];
        var content = segment.Content with { Trials = [.. trials.Union(before)], After = null };
        Say(new JournalEntry.Merged(pack, files.ToImmutable(), content, Path.GetFullPath(source.Path), at));
    }

    private void Say(JournalEntry line)
    {
        lines.Add(line);
        history.Apply(line);
    }
}
