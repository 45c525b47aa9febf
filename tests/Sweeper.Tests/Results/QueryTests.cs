using Sweeper.Core.Errors;
using Sweeper.Core.Experiments;
using Sweeper.Core.Measurements;
using Sweeper.Results.Export;
using Sweeper.Results.Query;
using Sweeper.Tests.CommandLine;
using Xunit;

namespace Sweeper.Tests.Results;

public class QueryTests
{
    [Fact]
    public void Lists_may_hold_what_is_not_defined()
    {
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(SyntheticSweep.Plan(), temporary.In("synthetic"));
        var row = ResultQuery.Run(folder.Path, "SELECT [1.5::DOUBLE, NULL, 3], [1, NULL], ['a', NULL]").Rows[0];

        Assert.Equal(["[1.5, , 3]", "[1, ]", "[a, ]"], row.Select(ResultTable.Text));
    }

    [Fact]
    public void The_four_views_are_there_and_keep_the_order_asked_for()
    {
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(SyntheticSweep.Plan(), temporary.In("synthetic"));
        Assert.Equal([24L], ResultQuery.Run(folder.Path, "SELECT count(*) FROM trials").Rows[0]);
        Assert.Equal([24L * 14], ResultQuery.Run(folder.Path, "SELECT count(*) FROM measurements;").Rows[0]);
        Assert.Equal([6L * 14], ResultQuery.Run(folder.Path, "FROM curves SELECT count(*)").Rows[0]);
        Assert.Equal([24L * 5], ResultQuery.Run(folder.Path, "WITH s AS (FROM summaries) SELECT count(*) FROM s").Rows[0]);
        Assert.Equal(
            [40L, 20L, 10L, 0L],
            ResultQuery.Run(folder.Path, "SELECT DISTINCT step FROM curves ORDER BY step DESC").Rows.Select(row => row[0]));
        Assert.Equal("trial_id", ResultQuery.Run(folder.Path, "DESCRIBE trials").Rows[0][0]);
    }

    [Fact]
    public void Measurements_are_those_of_current_packs_only()
    {
        using var temporary = new TemporaryFolder();
        var path = temporary.In("synthetic");
        SyntheticSweep.Run(SyntheticSweep.Plan(), path);
        // A metric that had been measured at another step: every trial is trained again in packs of another plan.
        var folder = SyntheticSweep.Run(
            SyntheticSweep.Plan(SyntheticSweep.Yaml.Replace("[0, 10, 20, 40]", "[0, 10, 20, 30, 40]", StringComparison.Ordinal)), path);
        Assert.Equal([24L * 16], ResultQuery.Run(folder.Path, "SELECT count(*) FROM measurements").Rows[0]);
        Assert.Equal(12, Directory.EnumerateFiles(folder.Segments).Count());
    }

    [Fact]
    public void No_query_of_measurements_answers_from_a_segment_with_a_changed_byte()
    {
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(SyntheticSweep.Plan(), temporary.In("synthetic"));
        var segment = Directory.EnumerateFiles(folder.Segments).Order(StringComparer.Ordinal).First();
        var whole = File.ReadAllBytes(segment);
        for (var at = 0; at < whole.Length; at += whole.Length / 16)
        {
            var changed = (byte[])whole.Clone();
            changed[at] ^= 1;
            File.WriteAllBytes(segment, changed);
            var damage = Assert.Throws<SweepException>(() => ResultQuery.Run(folder.Path, "SELECT avg(value) FROM Measurements"));
            Assert.Equal((ExitCode.Preflight, segment), (damage.ExitCode, damage.Place));
        }

        File.WriteAllBytes(segment, whole);
        Assert.Equal([24L * 14], ResultQuery.Run(folder.Path, "SELECT count(value) FROM Measurements").Rows[0]);
    }

    [Theory]
    [InlineData("SELEC 1")]
    [InlineData("SELECT lss FROM curves")]
    [InlineData("DROP VIEW curves")]
    [InlineData("COPY trials TO '/tmp/never.csv'")]
    [InlineData("SELECT 1; SELECT 2")]
    [InlineData("SELECT 1) ; COPY (SELECT 1) TO '/tmp/never.csv'; SELECT (1")]
    public void Anything_but_one_query_is_a_usage_error(string sql)
    {
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(SyntheticSweep.Plan(), temporary.In("synthetic"));
        Assert.Equal(ExitCode.Usage, Assert.Throws<SweepException>(() => ResultQuery.Run(folder.Path, sql)).ExitCode);
        Assert.False(File.Exists("/tmp/never.csv"));
    }

    [Theory]
    [InlineData("SELECT mean FROM curves WHERE steps = 40", true)]
    [InlineData("SELECT final FROM summaries WHERE Steps = 40", true)]
    [InlineData("SELECT mean FROM curves c WHERE c.steps = 40", true)]
    [InlineData("SELECT final FROM summaries WHERE noise = 0", false)]
    [InlineData("SELECT mean FROM curves WHERE state = 'committed'", false)]
    [InlineData("SELECT mean FROM curves WHERE nois = 0", false)]
    public void A_hyperparameter_that_is_not_swept_is_said_to_be_a_column_of_trials(string sql, bool isUnswept)
    {
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(SyntheticSweep.Plan(), temporary.In("synthetic"));
        var remedy = Assert.Throws<SweepException>(() => ResultQuery.Run(folder.Path, sql)).Remedy!;
        Assert.Equal(isUnswept, remedy.Contains("teps is not swept, so it is a column of trials only.", StringComparison.Ordinal));
        Assert.Contains("`DESCRIBE curves`", remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_shows_six_digits_unless_asked_and_csv_and_json_all()
    {
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(SyntheticSweep.Plan(), temporary.In("synthetic"));
        const string Sql = "SELECT 1 / 3::DOUBLE AS third, [2 / 3::DOUBLE] AS list, 1234567::BIGINT AS whole, 0.1::DOUBLE AS tenth";
        async Task<string> Shown(params string[] options) => (await InProcess.Run(["query", folder.Path, Sql, .. options])).Output;
        Assert.EndsWith("0.333333  [0.666667]  1234567    0.1\n", await Shown(), StringComparison.Ordinal);
        Assert.EndsWith("0.33  [0.67]  1234567    0.1\n", await Shown("--digits", "2"), StringComparison.Ordinal);
        Assert.EndsWith(
            "0.3333333333333333  [0.6666666666666666]  1234567    0.1\n", await Shown("--digits", "17"), StringComparison.Ordinal);
        Assert.EndsWith(
            "\n0.3333333333333333,[0.6666666666666666],1234567,0.1\n", await Shown("--format", "csv"), StringComparison.Ordinal);
        Assert.Contains("0.3333333333333333", await Shown("--format", "json"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_query_changes_no_byte()
    {
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(SyntheticSweep.Plan(), temporary.In("synthetic"));
        var before = FolderTests.Snapshot(folder.Path);
        ResultQuery.Run(folder.Path, "FROM measurements");
        PointTable.Read(folder.Path, new SeriesChoice("loss"), new Reduction.Final(), MetricDirection.Lower);
        Assert.Equal(before, FolderTests.Snapshot(folder.Path));
    }

    [Fact]
    public void A_folder_without_results_says_how_to_make_them()
    {
        using var temporary = new TemporaryFolder();
        var refused = Assert.Throws<SweepException>(() => ResultQuery.Run(temporary.Path, "FROM curves"));
        Assert.Equal(ExitCode.Preflight, refused.ExitCode);
        Assert.Contains("sweeper run", refused.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shortened")]
    [InlineData("changed")]
    [InlineData("missing")]
    public void A_query_never_answers_from_less_than_was_committed(string accident)
    {
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(SyntheticSweep.Plan(), temporary.In("synthetic"));
        var segment = Directory.EnumerateFiles(folder.Segments).Order().First();
        var bytes = File.ReadAllBytes(segment);
        Action act = accident switch
        {
            "shortened" => () => File.WriteAllBytes(segment, bytes[..^8]),
            "changed" => () => File.WriteAllBytes(
                segment, [.. bytes.Select((value, at) => at < 4 || at >= bytes.Length - 8 ? value : (byte)~value)]),
            _ => () => File.Delete(segment),
        };
        act();

        var refused = Assert.Throws<SweepException>(() => ResultQuery.Run(folder.Path, "SELECT sum(value) FROM measurements"));

        Assert.Equal((ExitCode.Preflight, segment), (refused.ExitCode, refused.Place));
        Assert.Contains("a committed segment with 4 trials is", refused.Message, StringComparison.Ordinal);
        Assert.Contains("`sweeper run` trains them again", refused.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_derived_file_that_is_damaged_is_named_and_made_again()
    {
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(SyntheticSweep.Plan(), temporary.In("synthetic"));
        var whole = File.ReadAllBytes(folder.Curves);
        File.WriteAllBytes(folder.Curves, whole[..100]);
        var refused = Assert.Throws<SweepException>(() => ResultQuery.Run(folder.Path, "FROM trials"));
        Assert.Equal((ExitCode.Preflight, folder.Curves), (refused.ExitCode, refused.Place));
        Assert.Contains("sweeper aggregate", refused.Remedy, StringComparison.Ordinal);
        SyntheticSweep.Run(SyntheticSweep.Plan(), folder.Path);
        Assert.Equal(whole, File.ReadAllBytes(folder.Curves));
    }

    [Fact]
    public void A_segment_with_a_changed_byte_is_refused_by_queries_and_exports_of_its_rows()
    {
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(SyntheticSweep.Plan(), temporary.In("synthetic"));
        var segment = Directory.GetFiles(folder.Segments).Order(StringComparer.Ordinal).First();
        var bytes = File.ReadAllBytes(segment);
        bytes[bytes.Length / 3] ^= 1;
        File.WriteAllBytes(segment, bytes);
        foreach (var read in (Action[])
            [
                () => ResultQuery.Run(folder.Path, "FROM measurements"),
                () => ResultExport.ToCsvFile(folder.Path, "FROM measurements", temporary.In("rows.csv")),
                () => ResultExport.ToNpzFile(folder.Path, "SELECT count(*) AS rows FROM Measurements", temporary.In("rows.npz")),
            ])
        {
            var refused = Assert.Throws<SweepException>(read);
            Assert.Equal((ExitCode.Preflight, segment), (refused.ExitCode, refused.Place));
        }

        Assert.False(File.Exists(temporary.In("rows.csv")));
        Assert.Equal(84, ResultExport.ToCsvFile(folder.Path, "FROM curves", temporary.In("curves.csv")));
    }

    [Fact]
    public void Points_come_best_first_by_final_minimum_maximum_or_step_of_the_validation_split()
    {
        using var temporary = new TemporaryFolder();
        var plan = SyntheticSweep.Plan();
        var folder = SyntheticSweep.Run(plan, temporary.In("synthetic"));
        double Mean(double noise, long depth, long step) => Enumerable.Range(0, (int)plan.TrialCount).Select(i => plan.TrialAt(i))
            .Where(trial => trial.Point.Real("noise") == noise && trial.Point.Integer("depth") == depth)
            .Average(trial => SyntheticSweep.Value(trial, step, "loss", "validation", 0));
        foreach (var (by, step) in ((Reduction, long)[])[(new Reduction.Final(), 40), (new Reduction.At(10), 10)])
        {
            var table = PointTable.Read(folder.Path, new SeriesChoice("loss"), by, MetricDirection.Lower);
            Assert.Equal(["depth", "noise", "step", "n", "mean", "ci95_lo", "ci95_hi", "n_planned", "n_diverged"], table.Columns);
            Assert.Equal(6, table.Rows.Count);
            Assert.Equal(table.Rows.Select(row => (double)row[4]!).Order(), table.Rows.Select(row => (double)row[4]!));
            Assert.Equal(table.Rows.Reverse(), PointTable.Read(folder.Path, new SeriesChoice("loss"), by, MetricDirection.Higher).Rows);
            Assert.All(table.Rows, row => Assert.Equal(Mean((double)row[1]!, (long)row[0]!, step), (double)row[4]!, 1e-14));
        }

        Assert.All(
            PointTable.Read(folder.Path, new SeriesChoice("loss"), new Reduction.Minimum(), MetricDirection.None).Rows,
            row => Assert.Equal(40L, row[2]));
        var largest = PointTable.Read(folder.Path, new SeriesChoice("loss"), new Reduction.Maximum(), MetricDirection.None);
        Assert.All(largest.Rows, row => Assert.Equal(0L, row[2]));
        Assert.Equal(largest.Rows.Select(row => (double)row[4]!).OrderDescending(), largest.Rows.Select(row => (double)row[4]!));
    }

    [Fact]
    public void A_point_without_a_living_trial_comes_last_without_a_mean()
    {
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(
            SyntheticSweep.Plan(), temporary.In("synthetic"),
            trial => trial.Point.Real("noise") == 0 && trial.Point.Integer("depth") == 2 ? 20 : null);
        var last = PointTable.Read(folder.Path, new SeriesChoice("loss"), new Reduction.Final(), MetricDirection.Higher).Rows[^1];
        Assert.Equal([2L, 0.0, null, 0, null, null, null, 4, 4], last);
        Assert.Contains("loss, modes", Assert.Throws<SweepException>(() => PointTable.Read(
            folder.Path, new SeriesChoice("lss"), new Reduction.Final(), MetricDirection.None)).Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Trials_are_found_by_the_beginning_of_their_id()
    {
        using var temporary = new TemporaryFolder();
        var plan = SyntheticSweep.Plan();
        var folder = SyntheticSweep.Run(plan, temporary.In("synthetic"));
        var id = plan.TrialAt(5).Id.Hex;
        Assert.Equal(id, Assert.Single(TrialLookup.Find(folder.Path, id[..12]).Rows)[0]);
        Assert.Equal(24, TrialLookup.Find(folder.Path, "").Rows.Count);
        Assert.Equal(ExitCode.Usage, Assert.Throws<SweepException>(() => TrialLookup.Find(folder.Path, "xyz")).ExitCode);
    }

    [Fact]
    public void Tables_become_CSV_and_JSON()
    {
        var table = new ResultTable(["a,b", "c"], [[1L, "x \"y\""], [0.1, null], [double.PositiveInfinity, new List<double> { 1, 2.5 }]]);
        Assert.Equal("\"a,b\",c\n1,\"x \"\"y\"\"\"\n0.1,\nInfinity,\"[1, 2.5]\"\n", table.ToCsv());
        Assert.Equal(
            "[{\"a,b\":1,\"c\":\"x \\u0022y\\u0022\"},{\"a,b\":0.1,\"c\":null},{\"a,b\":\"Infinity\",\"c\":[1,2.5]}]\n", table.ToJson());
    }
}
