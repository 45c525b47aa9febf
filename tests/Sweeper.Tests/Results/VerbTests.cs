using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Core.Measurements;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Folders;
using Sweeper.Results.Query;
using Sweeper.Results.Segments;
using Xunit;

namespace Sweeper.Tests.Results;

/// <summary>What stands behind `summary --compare`, `prune` and `rerun`.</summary>
public class VerbTests
{
    [Fact]
    public void Values_are_compared_at_equal_seeds_with_all_else_equal()
    {
        using var temporary = new TemporaryFolder();
        var plan = SyntheticSweep.Plan();
        var folder = SyntheticSweep.Run(plan, temporary.In("synthetic"));
        var table = PairedDifferences.Read(
            folder.Path, new TrialValues(new SeriesChoice("loss", "train"), new Reduction.At(20)), "noise", [], "0.5");

        Assert.Equal(["depth", "noise", "baseline", "difference", "ci95_lo", "ci95_hi", "pairs"], table.Columns);
        Assert.Equal(4, table.Rows.Count);
        foreach (var row in table.Rows)
        {
            var differences = plan.Seeds.Select(seed =>
                ValueAt(plan, (long)row[0]!, (double)row[1]!, seed) - ValueAt(plan, (long)row[0]!, 0.5, seed)).ToArray();
            var mean = differences.Average();
            // Student's t for four pairs, three degrees of freedom: 3.182446305.
            var half = 3.182446305 * Math.Sqrt(differences.Sum(one => (one - mean) * (one - mean)) / 3 / 4);
            Assert.Equal(0.5, row[2]);
            Assert.Equal(mean, (double)row[3]!, 1e-12);
            Assert.Equal(mean - half, (double)row[4]!, 1e-8);
            Assert.Equal(mean + half, (double)row[5]!, 1e-8);
            Assert.Equal(4, row[6]);
        }
    }

    [Fact]
    public void A_trial_that_diverged_makes_no_pair_and_the_best_value_is_the_baseline_where_none_is_named()
    {
        using var temporary = new TemporaryFolder();
        var plan = SyntheticSweep.Plan();
        var folder = SyntheticSweep.Run(
            plan, temporary.In("synthetic"), trial => trial.Seed == 3 && trial.Point.Real("noise") == 1 ? 20 : null);
        var table = PairedDifferences.Read(
            folder.Path, new TrialValues(new SeriesChoice("loss", "train"), new Reduction.Final()), "noise", [], null);
        Assert.All(table.Rows, row => Assert.Equal((double)row[1]! == 1 || (double)row[2]! == 1 ? 3 : 4, row[6]));
        Assert.All(table.Rows.Where(row => (int)row[6]! == 4), row => Assert.True((double)row[3]! >= 0));
        var worst = PairedDifferences.Read(
            folder.Path, new TrialValues(new SeriesChoice("loss", "train"), new Reduction.Final()), "noise", [], null, largestFirst: true);
        Assert.All(worst.Rows.Where(row => (int)row[6]! == 4), row => Assert.True((double)row[3]! <= 0));
        Assert.Equal(ExitCode.Usage, Assert.Throws<SweepException>(() => PairedDifferences.Read(
            folder.Path, new TrialValues(new SeriesChoice("loss"), new Reduction.Final()), "steps", [], null)).ExitCode);
        Assert.Contains("0, 0.5, 1", Assert.Throws<SweepException>(() => PairedDifferences.Read(
            folder.Path, new TrialValues(new SeriesChoice("loss"), new Reduction.Final()), "noise", [],
            "7")).Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dropped_trial_leaves_every_step_of_its_curve_and_is_counted_from_the_first()
    {
        using var temporary = new TemporaryFolder();
        Func<Trial, long?> diverges = trial => trial.Seed == 1 && trial.Point.Integer("depth") == 2 ? 20 : null;
        var path = temporary.In("synthetic");
        SyntheticSweep.Run(SyntheticSweep.Plan(), path, diverges);
        const string counts =
            "SELECT step, n, n_diverged FROM curves WHERE metric = 'loss' AND split = 'train' AND depth = 2 AND noise = 0 ORDER BY step";
        Assert.Equal([[0L, 4, 0], [10L, 4, 0], [20L, 3, 1], [40L, 3, 1]], ResultQuery.Run(path, counts).Rows.Select(row => row.ToArray()));

        SyntheticSweep.Run(SyntheticSweep.Plan(SyntheticSweep.Yaml + "\naggregate: { diverged: drop_trial }\n"), path, diverges);

        Assert.Equal([[0L, 3, 1], [10L, 3, 1], [20L, 3, 1], [40L, 3, 1]], ResultQuery.Run(path, counts).Rows.Select(row => row.ToArray()));
        Assert.Equal([21L], ResultQuery.Run(path, "SELECT count(DISTINCT trial_id) FROM summaries").Rows[0]);
        Assert.Equal([3L], ResultQuery.Run(path, "SELECT count(*) FROM trials WHERE state = 'diverged'").Rows[0]);
    }

    [Fact]
    public void Only_what_nothing_current_needs_is_left_over()
    {
        using var temporary = new TemporaryFolder();
        var path = temporary.In("synthetic");
        SyntheticSweep.Run(SyntheticSweep.Plan(), path);
        var plan = SyntheticSweep.Plan(SyntheticSweep.Yaml
            .Replace("[0, 10, 20, 40]", "[0, 10, 20, 30, 40]", StringComparison.Ordinal)
            .Replace("depth: [2, 4]", "depth: [2]", StringComparison.Ordinal));
        var folder = SyntheticSweep.Run(plan, path);
        File.WriteAllText(folder.Staged("x.parquet"), "left");
        File.WriteAllText(folder.TornJournal, "torn");
        File.WriteAllText(folder.Segment("notes.parquet"), "a stranger");
        var history = SweepHistory.Fold(Sweeper.Results.Journaling.JournalReader.Read(path));
        var planned = Enumerable.Range(0, (int)plan.TrialCount).Select(index => plan.TrialAt(index).Id).ToHashSet();

        var left = Leftover.Find(path, history, planned.Contains);

        // Three packs of depth 2 were trained again, three of depth 4 are orphaned: 12 trials.
        Assert.Equal(
            [(LeftoverKind.Superseded, 3), (LeftoverKind.Orphaned, 3), (LeftoverKind.Staged, 1), (LeftoverKind.TornJournal, 1)],
            left.GroupBy(file => file.Kind).Select(kind => (kind.Key, kind.Count())));
        Assert.Equal(12, left.Sum(file => file.Trials));
        Assert.Equal(4, left.Single(file => file.Kind == LeftoverKind.Staged).Bytes);
        history.Apply(new JournalEntry.Pruned(
            [.. left.Where(file => file.Kind == LeftoverKind.Orphaned).Select(file => Path.GetFileName(file.Path))], default));
        Assert.Equal(6, Leftover.Find(path, history, planned.Contains).Count(file => file.Kind == LeftoverKind.Superseded));

        // Kept weights go with their segment, and are no segment.
        var segment = Path.GetFileName(left.First(file => file.IsSegment).Path);
        Directory.CreateDirectory(folder.Weights);
        File.WriteAllText(folder.WeightsOf(segment), "weights");
        var weights = Assert.Single(
            Leftover.Find(path, history, planned.Contains), file => file.Path.EndsWith(".safetensors", StringComparison.Ordinal));
        Assert.Equal((LeftoverKind.Superseded, false, 7), (weights.Kind, weights.IsSegment, weights.Bytes));
    }

    [Fact]
    public void An_orphan_in_a_segment_with_trials_of_the_file_cannot_go()
    {
        using var temporary = new TemporaryFolder();
        var path = temporary.In("synthetic");
        SyntheticSweep.Run(SyntheticSweep.Plan(), path);
        var plan = SyntheticSweep.Plan(SyntheticSweep.Yaml
            .Replace("seeds: 4", "seeds: 3", StringComparison.Ordinal).Replace("depth: [2, 4]", "depth: [2]", StringComparison.Ordinal));
        var history = SweepHistory.Fold(Sweeper.Results.Journaling.JournalReader.Read(path));
        var planned = Enumerable.Range(0, (int)plan.TrialCount).Select(index => plan.TrialAt(index).Id).ToHashSet();

        // Seed 3 of the three points of depth 2 shares its packs with the other seeds; those of depth 4 hold orphans only.
        Assert.Equal(3, Leftover.Inseparable(history, planned.Contains));
        Assert.Equal(12, Leftover.Find(path, history, planned.Contains).Sum(file => file.Trials));
    }

    [Theory]
    [InlineData("loss", "test", null, null, "metric 'loss' has no split 'test'", "there is: train, validation")]
    [InlineData("loss", null, "W9", null, "metric 'loss' has no component 'W9'", "it has none at all: leave --component out")]
    [InlineData("modes", null, null, 3, "metric 'modes' has no index '3'", "there is: 0, 1, 2")]
    [InlineData("lss", "test", null, null, "there are no rows of metric 'lss'", "measured are: loss, modes")]
    public void A_series_that_is_not_there_is_told_with_those_that_are(
        string metric, string? split, string? component, int? index, string problem, string remedy)
    {
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(SyntheticSweep.Plan(), temporary.In("synthetic"));
        var refused = Assert.Throws<SweepException>(() => new SeriesChoice(metric, split, component, index).In(folder.Path));
        Assert.Equal((ExitCode.Usage, problem, remedy), (refused.ExitCode, refused.Message, refused.Remedy));
    }

    [Fact]
    public void The_claim_of_a_dead_process_is_told_from_that_of_a_living_one()
    {
        using var temporary = new TemporaryFolder();
        Assert.Null(LockHolder.Read(temporary.In("nothing")));
        using (SyntheticSweep.Open(SyntheticSweep.Plan(), temporary.In("synthetic")))
        {
            Assert.Equal(
                (Environment.ProcessId, true),
                (LockHolder.Read(temporary.In("synthetic"))!.Process, LockHolder.Read(temporary.In("synthetic"))!.IsAlive));
        }

        Assert.Null(LockHolder.Read(temporary.In("synthetic")));
        File.WriteAllText(temporary.In("synthetic/lock.9"), $"host {Environment.MachineName}, process {int.MaxValue}, epoch 9\n");
        Assert.False(LockHolder.Read(temporary.In("synthetic"))!.IsAlive);
        File.WriteAllText(temporary.In("synthetic/lock.9"), "host elsewhere, process 1, epoch 9\n");
        Assert.Null(LockHolder.Read(temporary.In("synthetic"))!.IsAlive);
    }

    [Fact]
    public void Rows_are_compared_to_the_bit_and_the_largest_difference_is_named()
    {
        using var temporary = new TemporaryFolder();
        var plan = SyntheticSweep.Plan();
        var folder = SyntheticSweep.Run(plan, temporary.In("synthetic"));
        var trial = plan.TrialAt(6);
        var history = SweepHistory.Fold(Sweeper.Results.Journaling.JournalReader.Read(folder.Path));
        var record = history.Trials[trial.Id];
        var stored = TrialRows.Stored(folder.Path, history.Segments[record.Segment!], trial.Id);
        var pack = plan.Packs.Single(candidate => candidate.Id == record.Pack);
        var work = plan.WorkFor(pack, (candidate, _) => candidate.Id == trial.Id);
        var again = new TrialRows(work.Wanted[0]);
        foreach (var block in SyntheticSweep.Blocks(work))
        {
            again.Write(block);
        }

        Assert.Equal(14, stored.Count);
        Assert.Equal(new RowComparison(14, 14, 0, 0, 0, null, 0, 0), RowComparison.Of(stored, again.Values));
        var loss = new SeriesKey(MeasurementSource.Run, "loss", "train", "");
        var changed = again.Values.ToDictionary();
        changed[new RowKey(10, loss, 0)] *= 1.5;
        changed[new RowKey(20, loss, 0)] = double.NaN;
        changed.Remove(new RowKey(40, loss, 0));
        changed[new RowKey(99, loss, 0)] = 1;
        var different = RowComparison.Of(stored, changed);
        Assert.Equal(
            (11, 2, 1, 1, false), (different.Identical, different.Differing, different.Missing, different.Added, different.IsIdentical));
        Assert.Equal((new RowKey(20, loss, 0), double.PositiveInfinity), (different.Largest!.Value, different.Difference));
    }

    private static double ValueAt(SweepPlan plan, long depth, double noise, long seed) => SyntheticSweep.Value(
        Enumerable.Range(0, (int)plan.TrialCount).Select(index => plan.TrialAt(index))
            .Single(trial => trial.Seed == seed && trial.Point.Integer("depth") == depth && trial.Point.Real("noise") == noise),
        20, "loss", "train", 0);
}
