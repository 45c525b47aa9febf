using System.Collections.Immutable;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Core.Measurements;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Curves;
using Sweeper.Results.Figures;
using Sweeper.Results.Files;
using Sweeper.Results.Folders;
using Sweeper.Results.Segments;

namespace Sweeper.Results.Deriving;

/// <summary>
/// Makes everything derived from the committed rows: trials, curves, summaries, figures. What is already made from the
/// same inputs is left alone, to the byte. Failpoint: `merge`, when the new curves are synced and not yet renamed.
/// </summary>
internal sealed class Derivation
{
    // Raised when the same rows would give other bytes, so that old files are made again.
    private const string Version = "1";

    // The same for the summaries alone: curves keep their bytes.
    private const string SummariesVersion = "2";

    // The same for curves that have predictions.
    private const string DiscrepancyVersion = "1";

    private readonly ResultFolder folder;
    private readonly WriterLock writer;
    private readonly SweepPlan plan;
    private readonly SweepHistory history;
    private readonly ITheory? theory;
    private readonly Action<string> note;
    private readonly DerivedIndex index;
    private readonly ImmutableArray<Trial> planned;
    private readonly TrialTable trials;
    private readonly Dictionary<int, MeasureSchedule> schedules = [];

    /// <summary>Expands the plan.</summary>
    public Derivation(ResultFolder folder, WriterLock writer, SweepPlan plan, SweepHistory history, ITheory? theory, Action<string> note)
    {
        this.folder = folder;
        this.writer = writer;
        this.plan = plan;
        this.history = history;
        this.theory = theory;
        this.note = note;
        index = new DerivedIndex(folder);
        planned = [.. LongRange(plan.TrialCount).Select(plan.TrialAt)];
        trials = new TrialTable(planned);
    }

    /// <summary>Brings the folder up to date.</summary>
    public void Run()
    {
        WriteTrials();
        WriteCurves(CurrentSegment.Select(trials, history, ScheduleOf, plan.DropsDivergedTrials));
        new FigureDrawing(folder, writer, index, plan, theory, note).Run();
    }

    private static IEnumerable<long> LongRange(long count)
    {
        for (var i = 0L; i < count; i++)
        {
            yield return i;
        }
    }

    private void WriteTrials()
    {
        var inputs = Inputs();
        foreach (var trial in planned)
        {
            inputs.Add(history.Trials.GetValueOrDefault(trial.Id)?.ToString() ?? "");
        }

        if (!index.IsCurrent(folder.Trials, inputs.ToString()))
        {
            Replace(folder.Trials, stream => TrialsFile.Write(stream, plan, planned, history, Metadata()), writer.Check);
            index.Record(inputs.ToString(), folder.Trials);
        }
    }

    private void WriteCurves(ImmutableArray<CurrentSegment> segments)
    {
        var inputs = Inputs().Add(theory is null ? "" : FormattableString.Invariant($"{theory.Version} {DiscrepancyVersion}"));
        foreach (var segment in segments)
        {
            inputs.Add(segment.File.Name, segment.File.Sha256).Add([.. segment.Ranks.Keys.Order(StringComparer.Ordinal)]);
        }

        var curveInputs = inputs.ToString();
        var summaryInputs = inputs.Add(SummariesVersion).ToString();
        if (index.IsCurrent(folder.Curves, curveInputs) && index.IsCurrent(folder.Summaries, summaryInputs))
        {
            return;
        }

        foreach (var segment in segments)
        {
            SegmentCheck.Verify(folder, segment.File, segment.Ranks.Count);
        }

        var summaries = new SummaryTable(trials);
        Replace(folder.Curves, stream => Reduce(segments, stream, summaries), () =>
        {
            writer.Check();
            Failpoint.Hit("merge");
        });
        Replace(folder.Summaries, stream => summaries.Write(stream, LastAsked, Metadata(SummariesVersion)), writer.Check);
        index.Record(curveInputs, folder.Curves);
        index.Record(summaryInputs, folder.Summaries);
    }

    private void Reduce(ImmutableArray<CurrentSegment> segments, Stream stream, SummaryTable summaries)
    {
        var names = new SeriesNames();
        var curves = new CurveTable(
            stream, trials, plan,
            // A dropped trial is missing, and counted, from the first step on.
            rank => history.Trials.GetValueOrDefault(trials.Trials[rank].Id)?.DivergedStep is { } step
                ? (plan.DropsDivergedTrials ? 0 : step) : null,
            Metadata());
        var sources = segments.Select(segment => SegmentCells.Read(folder.Segment(segment.File.Name), segment, names)).ToList();
        if (theory is not null)
        {
            sources.Add(TheoryCells.Of(theory, trials, ScheduleOf, names));
        }

        var merged = CellMerge.Merge(sources, trials.Trials.Length, n => folder.Staged($"merge-{n}.spill"), names);
        foreach (var cell in theory is null ? merged : DiscrepancyCells.Among(merged, theory, trials, names))
        {
            curves.Add(cell);
            if (cell.Cell.Series.Source == MeasurementSource.Run)
            {
                summaries.Add(cell);
            }
        }

        curves.Finish();
    }

    private MeasureSchedule ScheduleOf(int rank)
    {
        var curve = trials.CurveOf[rank];
        if (!schedules.TryGetValue(curve, out var schedule))
        {
            schedules[curve] = schedule = plan.ScheduleFor(trials.Trials[rank].Point);
        }

        return schedule;
    }

    private long? LastAsked(int rank, string metric)
    {
        var snapshots = ScheduleOf(rank).Snapshots;
        for (var i = snapshots.Length - 1; i >= 0; i--)
        {
            if (snapshots[i].Metrics.Any(asked => asked.Name == metric))
            {
                return snapshots[i].Step;
            }
        }

        return null;
    }

    private void Replace(string path, Action<Stream> write, Action beforeRename) =>
        DiskFault.Guard(path, () => DurableFile.Replace(path, folder.Staged(Path.GetFileName(path)), write, beforeRename));

    private Fingerprint Inputs() => new Fingerprint()
        .Add(Version, plan.Name, plan.Hash, plan.Experiment.Name,
            string.Join(',', plan.Experiment.Hyperparameters.Select(declared => declared.Name)))
        .Add([.. plan.Derived.Select(derived => $"{derived.Name}: {derived.Formula}")]);

    private Dictionary<string, string> Metadata(string version = Version) => new()
    {
        ["sweeper.format"] = version, ["sweeper.sweep"] = plan.Name,
        ["sweeper.experiment"] = $"{plan.Experiment.Name}@{plan.Experiment.Version}", ["sweeper.plan"] = plan.Hash,
    };
}
