using Sweeper.Core.Measurements;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Curves;
using Sweeper.Results.Folders;
using Xunit;

namespace Sweeper.Tests.Results;

public class CurveTests
{
    [Fact]
    public void Statistics_of_a_hand_computed_sample()
    {
        // 2, 4, 4, 5, 9: mean 24/5, squares 26.8; t(0.975, 4) = 2.7764451051977987 (tables); quartiles of type 7 at 1, 2, 3.
        var reduced = SeedStatistics.Of([4, 9, 2, 5, 4]);
        Assert.Equal(5, reduced.Count);
        Assert.Equal(4.8, reduced.Mean, 1e-15);
        Assert.Equal(Math.Sqrt(26.8 / 4), reduced.Deviation, 1e-15);
        Assert.Equal(Math.Sqrt(26.8 / 20), reduced.Error, 1e-15);
        Assert.Equal(4.8 - 2.7764451051977987 * Math.Sqrt(26.8 / 20), reduced.Low, 1e-12);
        Assert.Equal(4.8 + 2.7764451051977987 * Math.Sqrt(26.8 / 20), reduced.High, 1e-12);
        Assert.Equal(Math.Log(4 * 9 * 2 * 5 * 4) / 5, reduced.LogMean, 1e-14);
        Assert.Equal((2, 4, 4, 5, 9), (reduced.Minimum, reduced.LowerQuartile, reduced.Median, reduced.UpperQuartile, reduced.Maximum));
    }

    [Fact]
    public void Quartiles_lie_between_order_statistics()
    {
        // Type 7 of 1, 2, 3, 10: places 0.75, 1.5, 2.25.
        var reduced = SeedStatistics.Of([10, 1, 3, 2]);
        Assert.Equal((1.75, 2.5, 4.75), (reduced.LowerQuartile, reduced.Median, reduced.UpperQuartile));
    }

    [Fact]
    public void What_is_undefined_has_no_number()
    {
        var single = SeedStatistics.Of([3]);
        Assert.Equal((3, 3, 3), (single.Mean, single.Median, single.UpperQuartile));
        Assert.True(double.IsNaN(single.Deviation) && double.IsNaN(single.Error) && double.IsNaN(single.Low));
        Assert.True(double.IsNaN(SeedStatistics.Of([1, 0]).LogMean));
        Assert.True(double.IsNaN(SeedStatistics.Of([]).Mean));
    }

    [Fact]
    public void Means_in_the_curves_are_those_that_DuckDB_computes_from_the_segments()
    {
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(SyntheticSweep.Plan(), temporary.In("synthetic"));
        var wrong = Duck.Query(
            $"""
            WITH reduced AS (
              SELECT t.curve_id, m.step, m.metric, m.split, m.component, m.index, m.member, m.source, count(value) AS n, avg(value) AS mean,
                stddev_samp(value) AS std, stddev_samp(value) / sqrt(count(value)) AS sem, avg(ln(value)) AS log_mean,
                quantile_cont(value, 0.5) AS median,
                quantile_cont(value, 0.25) AS q25, quantile_cont(value, 0.75) AS q75, min(value) AS min, max(value) AS max
              FROM '{folder.Segments}/*.parquet' m JOIN '{folder.Trials}' t USING (trial_id) GROUP BY ALL)
            SELECT * FROM reduced r FULL JOIN '{folder.Curves}' c USING (curve_id, step, metric, split, component, index, member, source)
            WHERE r.n IS DISTINCT FROM c.n OR r.n IS NULL OR abs(r.mean - c.mean) > 1e-14 OR abs(r.std - c.std) > 1e-14
              OR abs(r.sem - c.sem) > 1e-14
              OR abs(r.log_mean - c.log_mean) > 1e-13 OR abs(r.median - c.median) > 1e-14 OR abs(r.q25 - c.q25) > 1e-14
              OR abs(r.q75 - c.q75) > 1e-14
              OR r.min <> c.min OR r.max <> c.max
            """);
        Assert.Empty(wrong);
        Assert.Equal(6 * (4 * 2 + 2 * 3), Duck.Query($"SELECT * FROM '{folder.Curves}'").Count);
    }

    [Fact]
    public void Curves_carry_the_swept_values_typed_and_stand_in_canonical_order()
    {
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(SyntheticSweep.Plan(), temporary.In("synthetic"));
        Assert.Equal(
            [
                "curve_id VARCHAR", "depth BIGINT", "noise DOUBLE", "step BIGINT", "source VARCHAR", "metric VARCHAR", "split VARCHAR",
                "component VARCHAR", "index INTEGER", "member INTEGER", "n INTEGER", "n_planned INTEGER", "n_diverged INTEGER",
                "mean DOUBLE", "std DOUBLE", "sem DOUBLE", "ci95_lo DOUBLE", "ci95_hi DOUBLE", "log_mean DOUBLE", "median DOUBLE",
                "q25 DOUBLE", "q75 DOUBLE", "min DOUBLE", "max DOUBLE",
            ],
            Duck.Query($"DESCRIBE SELECT * FROM '{folder.Curves}'").Select(row => $"{row[0]} {row[1]}"));
        Assert.Empty(Duck.Query(
            $"""
            SELECT * FROM (SELECT file_row_number AS place,
              row_number() OVER (ORDER BY step, metric, split, component, index, member, source, curve_id) - 1 AS expected
            FROM read_parquet('{folder.Curves}', file_row_number = true)) WHERE place <> expected
            """));
    }

    [Fact]
    public void A_diverged_trial_leaves_at_its_step_and_is_counted()
    {
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(
            SyntheticSweep.Plan(), temporary.In("synthetic"),
            trial => trial.Point.Real("noise") == 1 && trial.Seed < 2 ? (trial.Seed == 0 ? 5 : 20) : null);
        Assert.Equal(
            [[0L, 4, 4, 0], [10L, 3, 4, 1], [20L, 2, 4, 2], [40L, 2, 4, 2]],
            Duck.Query(
                $"SELECT step, n, n_planned, n_diverged FROM '{folder.Curves}' WHERE noise = 1 AND depth = 2 AND metric = 'loss' "
                + "AND split = 'train' ORDER BY step"));
        Assert.Equal([[4, 4, 0]], Duck.Query($"SELECT DISTINCT n, n_planned, n_diverged FROM '{folder.Curves}' WHERE noise < 1"));
        Assert.Equal(
            [["diverged", 0L, 10L], ["diverged", 1L, 20L]],
            Duck.Query(
                $"SELECT state, seed, diverged_step FROM '{folder.Trials}' WHERE noise = 1 AND depth = 2 AND seed < 2 ORDER BY seed"));
        Assert.Equal([[null, 0L]], Duck.Query(
            $"SELECT final, argmin_step FROM '{folder.Summaries}' JOIN '{folder.Trials}' USING (trial_id) WHERE noise = 1 AND depth = 2 "
            + "AND seed = 0 AND split = 'train'"));
    }

    [Fact]
    public void Trials_have_every_declared_hyperparameter_typed_and_vectors_as_lists()
    {
        using var temporary = new TemporaryFolder();
        var plan = SyntheticSweep.Plan();
        using var open = SyntheticSweep.Open(plan, temporary.In("synthetic"));
        var folder = new ResultFolder(temporary.In("synthetic"));
        open.Derive(plan, SyntheticSweep.Train(plan, open, packs: plan.Packs.Take(1)));
        Assert.Equal(
            [
                "trial_id VARCHAR", "curve_id VARCHAR", "steps BIGINT", "depth BIGINT", "noise DOUBLE", "biased BOOLEAN",
                "optimizer VARCHAR", "spectrum DOUBLE[]", "drops DOUBLE[]", "seed BIGINT", "state VARCHAR", "pack VARCHAR",
                "attempts INTEGER", "worker VARCHAR", "wall_s DOUBLE", "diverged_step BIGINT", "error VARCHAR",
            ],
            Duck.Query($"DESCRIBE SELECT * FROM '{folder.Trials}'").Select(row => $"{row[0]} {row[1]}"));
        Assert.Equal([[40L, "gd", 0L, "committed", 4L], [40L, "gd", 0L, "pending", 20L]], Duck.Query(
            $"SELECT steps, optimizer, len(drops), state, count(*) FROM '{folder.Trials}' GROUP BY ALL ORDER BY state"));
        using var other = new TemporaryFolder();
        Assert.Equal([[3.0, 2.0, 1.0]], Duck.Query(
            "SELECT DISTINCT spectrum[1], spectrum[2], spectrum[3] "
            + $"FROM '{SyntheticSweep.Run(SyntheticSweep.Plan(), other.In("synthetic")).Trials}'"));
    }

    [Fact]
    public void Before_anything_is_committed_all_files_are_there_and_readable()
    {
        using var temporary = new TemporaryFolder();
        var plan = SyntheticSweep.Plan();
        using var open = SyntheticSweep.Open(plan, temporary.In("synthetic"));
        open.Derive(plan, Core.Journal.SweepHistory.Fold([]));
        var folder = new ResultFolder(temporary.In("synthetic"));
        Assert.Empty(Duck.Query($"FROM '{folder.Curves}'"));
        Assert.Empty(Duck.Query($"FROM '{folder.Summaries}'"));
        Assert.Equal([["pending", 24L]], Duck.Query($"SELECT state, count(*) FROM '{folder.Trials}' GROUP BY state"));
        Assert.Empty(Sweeper.Results.Query.ResultQuery.Run(folder.Path, "FROM measurements").Rows);
        Assert.Empty(Directory.EnumerateFiles(folder.Figures));
    }

    [Fact]
    public void Equal_rows_give_equal_curves_whatever_the_history_of_the_folder()
    {
        using var temporary = new TemporaryFolder();
        var whole = SyntheticSweep.Plan();
        var reference = SyntheticSweep.Run(whole, temporary.In("reference"));
        var grown = temporary.In("grown");
        SyntheticSweep.Run(SyntheticSweep.Plan(SyntheticSweep.Yaml.Replace("seeds: 4", "seeds: 2", StringComparison.Ordinal)), grown);
        SyntheticSweep.Run(SyntheticSweep.Plan(SyntheticSweep.Yaml.Replace("[0, 0.5, 1]", "[1]", StringComparison.Ordinal)), grown);
        var folder = SyntheticSweep.Run(whole, grown);
        Assert.Equal(File.ReadAllBytes(reference.Curves), File.ReadAllBytes(folder.Curves));
        Assert.Equal(File.ReadAllBytes(reference.Summaries), File.ReadAllBytes(folder.Summaries));
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(reference.Figures, "loss.svg")), File.ReadAllBytes(Path.Combine(folder.Figures, "loss.svg")));
    }

    [Fact]
    public void Trials_and_measurements_that_are_not_asked_for_any_more_enter_nothing()
    {
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(SyntheticSweep.Plan(), temporary.In("synthetic"));
        SyntheticSweep.Run(
            SyntheticSweep.Plan(SyntheticSweep.Yaml
                .Replace("[0, 0.5, 1]", "[0, 1]", StringComparison.Ordinal)
                .Replace("  - { at: [0, 40], metrics: [modes] }\n", "", StringComparison.Ordinal)
                .Replace("[0, 10, 20, 40]", "[0, 20, 40]", StringComparison.Ordinal)),
            folder.Path);
        Assert.Equal([[0.0], [1.0]], Duck.Query($"SELECT DISTINCT noise FROM '{folder.Curves}' ORDER BY 1"));
        Assert.Equal(
            [["loss", 0L], ["loss", 20L], ["loss", 40L]], Duck.Query($"SELECT DISTINCT metric, step FROM '{folder.Curves}' ORDER BY 2"));
        Assert.Equal([16L], Duck.Query($"SELECT count(*) FROM '{folder.Trials}'")[0]);
        Assert.False(File.Exists(Path.Combine(folder.Figures, "modes.svg")));
    }

    [Fact]
    public void More_sources_than_the_fan_in_merge_to_the_same_cells()
    {
        using var temporary = new TemporaryFolder();
        const int sources = 3 * CellMerge.FanIn + 5;
        var names = new SeriesNames();
        SeriesKey[] series = [.. new[] { "a", "b" }.Select(metric => names.Intern(new SeriesKey(MeasurementSource.Run, metric, "", "")))];
        IEnumerable<CellRows> Source(int source)
        {
            for (var step = source % 3; step < 10; step += 3)
            {
                foreach (var key in series)
                {
                    yield return new CellRows(new Cell(step, key, 0), new[] { sources - 1 - source }, new[] { step + 0.001 * source });
                }
            }
        }

        var spilled = 0;
        var merged = CellMerge.Merge(
            [.. Enumerable.Range(0, sources).Select(Source)], sources, n => temporary.In($"{spilled = n + 1}.spill"), names)
            .Select(cell => (cell.Cell.Step, cell.Cell.Series.Metric, Ranks: cell.Ranks.ToArray(), Values: cell.Values.ToArray())).ToList();
        Assert.Equal(4, spilled);
        Assert.Empty(Directory.EnumerateFiles(temporary.Path));
        Assert.Equal(
            Enumerable.Range(0, 10).SelectMany(step => new[] { ((long)step, "a"), (step, "b") }),
            merged.Select(cell => (cell.Step, cell.Metric)));
        foreach (var cell in merged)
        {
            var expected = Enumerable.Range(0, sources).Where(source => source % 3 == cell.Step % 3).Reverse().ToArray();
            Assert.Equal(expected.Select(source => sources - 1 - source), cell.Ranks);
            Assert.Equal(expected.Select(source => cell.Step + 0.001 * source), cell.Values);
        }
    }

    [Fact]
    public void One_trial_a_segment_gives_the_curves_of_one_segment_for_all()
    {
        using var temporary = new TemporaryFolder();
        SweepPlan Cut(int lanes) => SyntheticSweep.Plan(SyntheticSweep.Yaml.Replace("lanes: 4", $"lanes: {lanes}", StringComparison.Ordinal)
            .Replace("seeds: 4", "seeds: 16", StringComparison.Ordinal));
        var single = SyntheticSweep.Run(Cut(1), temporary.In("single"));
        var joint = SyntheticSweep.Run(Cut(256), temporary.In("joint"));
        Assert.Equal(96, Directory.EnumerateFiles(single.Segments).Count());
        Assert.Empty(Duck.Query(
            $"(FROM '{single.Curves}' EXCEPT FROM '{joint.Curves}') UNION ALL (FROM '{joint.Curves}' EXCEPT FROM '{single.Curves}')"));
    }
}
