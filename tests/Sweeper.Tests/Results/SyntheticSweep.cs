using System.Collections.Concurrent;
using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Journal;
using Sweeper.Core.Measurements;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;
using Sweeper.Core.Randomness;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Folders;

namespace Sweeper.Tests.Results;

/// <summary>An experiment without training: its rows are numbers that any test can compute for itself.</summary>
internal static class SyntheticSweep
{
    public const string Yaml =
        """
        sweep: synthetic
        experiment: synthetic
        fixed: { steps: 40 }
        grid:
          noise: [0, 0.5, 1]
          depth: [2, 4]
        seeds: 4
        measure:
          - { at: [0, 10, 20, 40], metrics: [loss] }
          - { at: [0, 40], metrics: [modes] }
        lanes: 4
        """;

    public static ExperimentDeclaration Experiment { get; } = new(
        "synthetic", 1, "Rows without training.",
        [
            Hyperparameter.Integer("steps", Binding.Static, 100, "length"),
            Hyperparameter.Integer("depth", Binding.Static, 2, "weight layers"),
            Hyperparameter.Real("noise", Binding.Batched, 0, "standard deviation of the output noise"),
            Hyperparameter.Flag("biased", false, "with biases"),
            Hyperparameter.Choice("optimizer", "gd", ["gd", "adam"], "update rule"),
            Hyperparameter.Vector("spectrum", Binding.Batched, [3, 2, 1], "singular values"),
            Hyperparameter.Vector("drops", Binding.Batched, [], "steps at which the rate falls"),
        ],
        [], [new MetricDeclaration("loss", 1, "mean squared error", _ => 2), new MetricDeclaration("modes", 1, "mode strengths", _ => 3)])
    {
        DefaultMetrics = ["loss"],
    };

    public static IExperimentCatalog Catalog { get; } = new OneExperiment();

    private static readonly ConcurrentDictionary<string, Lazy<Dictionary<string, byte[]>>> Finished = [];

    public static SweepPlan Plan(string yaml = Yaml, Action<FigureSpec>? checkFigure = null) =>
        SweepPlan.Create(SweepFile.Parse(yaml, "synthetic.yaml", SweepOverrides.None), Catalog, checkFigure);

    /// <summary>What a trial measures: known to a test without any of the code under test.</summary>
    public static double Value(Trial trial, long step, string metric, string split, int index)
    {
        var random = new CounterRandom(
            trial.Seed, (ulong)(step * 1000 + index * 10 + metric.Length + split.Length) + 17UL * (ulong)(trial.Point.Real("noise") * 64));
        return (1 + trial.Point.Real("noise")) * Math.Exp(-step / 20.0) * (0.5 + random.NextUnit()) / (1 + index)
            + 0.01 * trial.Point.Integer("depth");
    }

    public static IEnumerable<MeasurementBlock> Blocks(PackWork work, Func<Trial, long?>? divergesAt = null)
    {
        foreach (var snapshot in work.Schedule.Snapshots)
        {
            int[] alive = [.. work.Wanted.Where(position => !(divergesAt?.Invoke(work.Trials[position]) <= snapshot.Step))];
            foreach (var metric in snapshot.Metrics.Reverse())
            {
                foreach (var (split, width) in metric.Name == "loss"
                    ? [("validation", 1), ("train", 1)]
                    : (IEnumerable<(string, int)>)[("", 3)])
                {
                    yield return new MeasurementBlock(
                        snapshot.Step, new SeriesKey(MeasurementSource.Run, metric.Name, split, ""), alive, width,
                        alive.SelectMany(position => Enumerable.Range(0, width)
                            .Select(index => Value(work.Trials[position], snapshot.Step, metric.Name, split, index))).ToArray());
                }
            }
        }
    }

    /// <summary>Trains what is not covered, as a coordinator would record it; packs in any order.</summary>
    public static SweepHistory Train(
        SweepPlan plan, ISweepFolder folder, Func<Trial, long?>? divergesAt = null, IEnumerable<Pack>? packs = null)
    {
        var history = SweepHistory.Fold(folder.Journal.History);
        void Record(JournalEntry entry)
        {
            folder.Journal.Append(entry);
            history.Apply(entry);
        }

        if (history.Plan?.PlanHash != plan.Hash)
        {
            Record(new JournalEntry.Planned(plan.Hash, plan.ResolvedText, plan.TrialCount, plan.Packs, DateTimeOffset.UnixEpoch));
        }

        foreach (var pack in packs ?? plan.Packs)
        {
            var work = plan.WorkFor(pack, (trial, schedule) => !history.Covers(trial.Id, schedule));
            if (work.Wanted.Length > 0)
            {
                var lease = history.LastLease + 1;
                Record(new JournalEntry.Leased(pack.Id, lease, "here", 1, DateTimeOffset.UnixEpoch));
                var staged = Stage(folder, work, lease, divergesAt);
                var diverged = work.Wanted
                    .Select(position => (Trial: work.Trials[position], Step: divergesAt?.Invoke(work.Trials[position])))
                    .Where(trial => trial.Step is not null)
                    .Select(trial => new DivergedTrial(
                        trial.Trial.Id, work.Schedule.Snapshots.First(snapshot => snapshot.Step >= trial.Step).Step));
                var content = new SegmentContent(
                    [.. work.Wanted.Select(position => work.Trials[position].Id)], [.. diverged], work.Schedule, "here", 1.5);
                Record(new JournalEntry.CommitGranted(pack.Id, lease, staged, content));
                folder.Segments.Publish(staged);
                Record(new JournalEntry.Committed(pack.Id, lease, staged.Name, DateTimeOffset.UnixEpoch));
            }
        }

        return history;
    }

    public static StagedSegment Stage(ISweepFolder folder, PackWork work, long lease, Func<Trial, long?>? divergesAt = null)
    {
        using var draft = folder.Segments.Begin(new SegmentHeader(work.Pack.Id, lease, 0, work.Trials, work.Wanted, work.Schedule));
        foreach (var block in Blocks(work, divergesAt))
        {
            draft.Append(block);
        }

        return draft.Close();
    }

    public static ISweepFolder Open(SweepPlan plan, string path, List<string>? notes = null) =>
        new SweepFolders("test", note: notes is null ? null : notes.Add).OpenForWriting(plan, path);

    /// <summary>A whole run: open, train, derive, close. One that is told nothing special is done once a plan, and copied.</summary>
    public static ResultFolder Run(SweepPlan plan, string path, Func<Trial, long?>? divergesAt = null)
    {
        if (divergesAt is not null || Directory.Exists(path))
        {
            RunAnew(plan, path, divergesAt);
        }
        else
        {
            FolderCopy.Write(Finished.GetOrAdd(plan.ResolvedText, _ => new(() => RunOnce(plan))).Value, path);
        }

        return new ResultFolder(path);
    }

    private static Dictionary<string, byte[]> RunOnce(SweepPlan plan)
    {
        using var temporary = new TemporaryFolder();
        RunAnew(plan, temporary.In("synthetic"), null);
        return FolderCopy.Read(temporary.In("synthetic"));
    }

    private static void RunAnew(SweepPlan plan, string path, Func<Trial, long?>? divergesAt)
    {
        using var folder = Open(plan, path);
        folder.Derive(plan, Train(plan, folder, divergesAt));
    }

    private sealed class OneExperiment : IExperimentCatalog
    {
        public ImmutableArray<ExperimentDeclaration> All => [Experiment];
    }
}
