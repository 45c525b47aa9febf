using Sweeper.Core.Sweeps;
using Sweeper.Core.Sweeps.Claims;
using Sweeper.Results.Claims;
using Sweeper.Results.Folders;
using Sweeper.Results.Query;
using Xunit;

namespace Sweeper.Tests.Results;

/// <summary>What changed results are, computed a second time from the numbers of the synthetic sweep.</summary>
public sealed class MutationTests
{
    /// <summary>Every measured number of the sweep after a change: (trial, step, metric, split, index), value.</summary>
    private static Dictionary<(string Trial, long Step, string Metric, string Split, int Index), double> Rows(
        Func<Trial, long, string, string, int, double?> value)
    {
        var plan = SyntheticSweep.Plan();
        var rows = new Dictionary<(string, long, string, string, int), double>();
        for (var i = 0L; i < plan.TrialCount; i++)
        {
            var trial = plan.TrialAt(i);
            foreach (var (metric, split, width, steps) in ((string, string, int, long[])[])
                [("loss", "train", 1, [0, 10, 20, 40]), ("loss", "validation", 1, [0, 10, 20, 40]), ("modes", "", 3, [0, 40])])
            {
                foreach (var step in steps)
                {
                    for (var index = 0; index < width; index++)
                    {
                        if (value(trial, step, metric, split, index) is { } number)
                        {
                            rows[(trial.Id.Hex, step, metric, split, index)] = number;
                        }
                    }
                }
            }
        }

        return rows;
    }

    private static double Own(Trial trial, long step, string metric, string split, int index) =>
        SyntheticSweep.Value(trial, step, metric, split, index);

    public static TheoryData<string> Changes =>
        ["swap splits", "untrained", "scale loss by 3", "drop modes index 1", "reverse loss", "rotate index of modes"];

    private static double? Changed(string mutation, Trial trial, long step, string metric, string split, int index) => mutation switch
    {
        "swap splits" => Own(trial, step, metric, split switch { "train" => "validation", "validation" => "train", _ => split }, index),
        "untrained" => Own(trial, 0, metric, split, index),
        "scale loss by 3" => Own(trial, step, metric, split, index) * (metric == "loss" ? 3 : 1),
        "drop modes index 1" => metric == "modes" && index == 1 ? null : Own(trial, step, metric, split, index),
        "reverse loss" => Own(trial, metric == "loss" ? step switch { 0 => 40, 10 => 20, 20 => 10, _ => 0 } : step, metric, split, index),
        "rotate index of modes" => Own(trial, step, metric, split, metric == "modes" ? (index + 2) % 3 : index),
        _ => throw new ArgumentException(mutation),
    };

    [Theory, MemberData(nameof(Changes))]
    public void A_change_is_in_all_tables(string mutation)
    {
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(SyntheticSweep.Plan(), temporary.In("synthetic"));
        using var connection = Mutated(folder, mutation);
        var expected = Rows((trial, step, metric, split, index) => Changed(mutation, trial, step, metric, split, index));

        var rows = ResultQuery.Run(connection, "SELECT trial_id, step, metric, split, index, value FROM measurements").Rows;
        Assert.Equal(expected.Count, rows.Count);
        Assert.All(rows, row => Assert.Equal(
            expected[((string)row[0]!, (long)row[1]!, (string)row[2]!, (string)row[3]!, (int)row[4]!)], (double)row[5]!, 1e-12));
        var finals = ResultQuery.Run(connection, "SELECT trial_id, metric, split, index, final, min, max FROM summaries").Rows;
        Assert.NotEmpty(finals);
        foreach (var row in finals)
        {
            var own = expected.Where(one => one.Key.Trial == (string)row[0]! && one.Key.Metric == (string)row[1]!
                && one.Key.Split == (string)row[2]! && one.Key.Index == (int)row[3]!)
                .OrderBy(one => one.Key.Step).Select(one => one.Value).ToList();
            Assert.Equal(own[^1], (double)row[4]!, 1e-12);
            Assert.Equal(own.Min(), (double)row[5]!, 1e-12);
            Assert.Equal(own.Max(), (double)row[6]!, 1e-12);
        }

        var means = ResultQuery.Run(connection, "SELECT curve_id, step, metric, split, index, mean, n, depth, noise FROM curves").Rows;
        Assert.Equal(expected.Count / 4, means.Count);
        var plan = SyntheticSweep.Plan();
        foreach (var row in means)
        {
            var own = Enumerable.Range(0, (int)plan.TrialCount)
                .Select(i => plan.TrialAt(i)).Where(trial => trial.CurveId.Hex == (string)row[0]!)
                .Select(trial => expected[(trial.Id.Hex, (long)row[1]!, (string)row[2]!, (string)row[3]!, (int)row[4]!)]).ToList();
            Assert.Equal(
                (own.Average(), 4), ((double)row[5]!, (int)row[6]!),
                (one, other) => Math.Abs(one.Item1 - other.Item1) < 1e-12 && one.Item2 == other.Item2);
        }
    }

    [Fact]
    public void Curves_and_summaries_follow_from_measurements_as_in_the_files()
    {
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(
            SyntheticSweep.Plan(), temporary.In("synthetic"), trial => trial.Seed == 2 && trial.Point.Real("noise") == 1 ? 15 : null);
        // A change of nothing.
        using var connection = Mutated(folder, "scale modes by 1");
        foreach (var table in (string[])["curves", "summaries"])
        {
            var columns = ResultQuery.Run(connection, $"DESCRIBE main.{table}").Rows
                .Select(row => ((string)row[0]!, (string)row[1]!)).ToList();
            var keys = columns.Where(column => column.Item2 is not "DOUBLE")
                .Select(column => column.Item1).Except(["argmin_step", "argmax_step"]).ToList();
            var numbers = columns.Where(column => column.Item2 == "DOUBLE").Select(column => column.Item1).ToList();
            var same = string.Join(
                " AND ", numbers.Select(name => $"(abs(a.{name} - b.{name}) < 1e-9 OR (a.{name} IS NULL AND b.{name} IS NULL))"));
            var counts = ResultQuery.Run(connection,
                $"SELECT count(*), count(*) FILTER ({same}), (SELECT count(*) FROM main.{table}), (SELECT count(*) FROM {table}) "
                + $"FROM main.{table} a JOIN {table} b USING ({string.Join(", ", keys)})").Rows[0];
            Assert.Equal([counts[0], counts[0], counts[0], counts[0]], counts);
        }
    }

    [Fact]
    public void A_wrong_setting_gives_each_value_the_results_of_the_one_before()
    {
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(SyntheticSweep.Plan(), temporary.In("synthetic"));
        using var connection = Mutated(folder, "rotate noise");

        foreach (var (noise, trained) in ((double, double)[])[(0, 1), (0.5, 0), (1, 0.5)])
        {
            string Mean(string table, double at) => FormattableString.Invariant(
                $"SELECT mean FROM {table} WHERE metric = 'loss' AND split = 'train' AND step = 40 AND depth = 2 AND noise = {at}");
            var expected = (double)ResultQuery.Run(folder.Path, Mean("curves", trained)).Rows[0][0]!;
            Assert.Equal(expected, (double)ResultQuery.Run(connection, Mean("curves", noise)).Rows[0][0]!, 1e-12);
        }
    }

    [Fact]
    public void Shuffled_components_have_each_number_once_and_every_index_from_a_component_further_on()
    {
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(SyntheticSweep.Plan(), temporary.In("synthetic"));
        using var connection = ResultViews.Open(folder, opened =>
        {
            MutatedViews.Prepare(opened);
            ResultViews.Execute(opened, """
                CREATE OR REPLACE VIEW main.measurements AS SELECT 't' AS trial_id, 0 AS member, 0::BIGINT AS step, 'run' AS source,
                  'modes' AS metric, '' AS split, unnest(['a', 'a', 'a', 'b', 'b', 'b']) AS component, unnest([0, 1, 2, 0, 1, 2]) AS index,
                  unnest([1.0, 2, 3, 4, 5, 6])::DOUBLE AS value
                """);
        });
        MutatedViews.Apply(connection, new Mutation.ShuffleComponents("modes"), []);

        Assert.Equal(
            ["a 0 1", "a 1 5", "a 2 3", "b 0 4", "b 1 2", "b 2 6"],
            ResultQuery.Run(connection, "SELECT component, index, value FROM measurements ORDER BY ALL").Rows
                .Select(row => $"{row[0]} {row[1]} {row[2]}"));
    }

    [Fact]
    public void A_wrong_setting_is_wrong_in_all_that_is_derived_from_it()
    {
        using var temporary = new TemporaryFolder();
        var plan = SyntheticSweep.Plan(
            SyntheticSweep.Yaml + "\nderive: { area: (noise + 1) * depth, inverse: 1 / noise, layers: depth + 1 }");
        var folder = SyntheticSweep.Run(plan, temporary.In("synthetic"));
        using var connection = Mutated(folder, "rotate noise", plan);
        var rows =
            ResultQuery.Run(connection, "SELECT DISTINCT noise, depth, area, inverse, layers FROM trials ORDER BY noise, depth").Rows;
        Assert.Equal(
            [
                [0.0, 2L, 2.0, null, 3.0], [0.0, 4L, 4.0, null, 5.0], [0.5, 2L, 3.0, 2.0, 3.0], [0.5, 4L, 6.0, 2.0, 5.0],
                [1.0, 2L, 4.0, 1.0, 3.0], [1.0, 4L, 8.0, 1.0, 5.0],
            ],
            rows);
        Assert.Equal(
            ResultQuery.Run(folder.Path,
                "SELECT mean FROM curves WHERE metric = 'loss' AND split = 'train' AND step = 40 AND depth = 2 AND noise = 1").Rows[0],
            ResultQuery.Run(connection,
                "SELECT mean FROM curves WHERE metric = 'loss' AND split = 'train' AND step = 40 AND depth "
                + "= 2 AND inverse IS NULL").Rows[0]);
    }

    [Fact]
    public void Shuffled_seeds_have_each_result_once_and_points_mixed()
    {
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(SyntheticSweep.Plan(), temporary.In("synthetic"));
        using var connection = Mutated(folder, "shuffle seeds");
        const string All = "SELECT list(value ORDER BY value), count(DISTINCT trial_id) FROM {0} WHERE step = 40";

        static string Text(ResultTable table) => string.Join(';', table.Rows[0].Select(ResultTable.Text));
        Assert.Equal(
            Text(ResultQuery.Run(connection, string.Format(System.Globalization.CultureInfo.InvariantCulture, All, "main.measurements"))),
            Text(ResultQuery.Run(connection, string.Format(System.Globalization.CultureInfo.InvariantCulture, All, "measurements"))));
        Assert.Equal([0L], ResultQuery.Run(connection,
            "SELECT count(*) FROM curves a JOIN main.curves b USING (curve_id, step, metric, split, index) WHERE a.mean = b.mean").Rows[0]);
    }

    private static DuckDB.NET.Data.DuckDBConnection Mutated(ResultFolder folder, string mutation, SweepPlan? plan = null)
    {
        var connection = ResultViews.Open(folder, MutatedViews.Prepare);
        MutatedViews.Apply(connection, Mutation.Parse(mutation)!, plan?.Derived ?? []);
        return connection;
    }
}
