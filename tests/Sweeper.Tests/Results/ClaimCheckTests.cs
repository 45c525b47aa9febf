using System.Collections.Immutable;
using DuckDB.NET.Data;
using Sweeper.Core.Errors;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Claims;
using Sweeper.Results.Query;
using Xunit;

namespace Sweeper.Tests.Results;

/// <summary>Claims that no result could answer are refused before anything is trained.</summary>
public sealed class ClaimCheckTests
{
    private const string Derived = "\nderive: { snr: \"1 / noise**2\", twice: \"2 * seed\" }";

    internal static SweepPlan Plan(params string[] sql) => SyntheticSweep.Plan(
        SyntheticSweep.Yaml + Derived + "\nexpect:" + string.Concat(sql.Select((text, number) =>
            $"\n  - entry: E{number}\n    claim: c\n    expected: e\n    breaks_when: [rotate noise]\n    sql: |\n"
            + $"      {text.Replace("\n", "\n      ", StringComparison.Ordinal)}")));

    [Theory]
    [InlineData("SELEC 1", "syntax error", "one SELECT")]
    [InlineData("SELECT true AS ok, 1 AS value; SELECT 2", "only one SELECT may stand here", "one SELECT")]
    [InlineData("COPY curves TO '/tmp/never.csv'", "only one SELECT may stand here", "one SELECT")]
    [InlineData("SELECT mean < 1 AS ok, lss AS value FROM curves", "lss", "`DESCRIBE curves` lists the columns")]
    [InlineData(
        "SELECT mean < 1 AS ok, mean AS value FROM curves WHERE steps = 40", "steps",
        "steps is not swept, so it is a column of trials only.")]
    [InlineData(
        "SELECT mean < 1 AS ok, mean AS value FROM curves c WHERE c.steps = 40", "steps",
        "steps is not swept, so it is a column of trials only.")]
    [InlineData("SELECT mean < 1 AS ok FROM curves", "no column 'value'", "`ok` and `value`")]
    [InlineData("SELECT mean < 1 AS ok, mean AS value, n AS nn FROM curves", "a column 'nn'", "did you mean 'n'?")]
    [InlineData("SELECT mean AS ok, mean AS value FROM curves", "neither true nor false, but DOUBLE", "a comparison")]
    [InlineData(
        "SELECT mean < 1 AS ok, mean AS value FROM curves WHERE metric = 'los'", "the metric 'los', which is not measured",
        "did you mean 'loss'?")]
    [InlineData(
        "SELECT mean < 1 AS ok, mean AS value FROM curves c WHERE c.metric IN ('loss', 'mode')", "the metric 'mode'",
        "did you mean 'modes'?")]
    [InlineData(
        "SELECT true AS ok, max(final) FILTER ('mods' = metric) AS value FROM summaries", "the metric 'mods'", "did you mean 'modes'?")]
    [InlineData(
        "SELECT true AS ok, 1 AS value FROM (SELECT * FROM measurements WHERE metric NOT IN ('lost'))", "the metric 'lost'",
        "did you mean 'loss'?")]
    [InlineData("SELECT true AS ok, 1 AS value FROM curves WHERE source = 'runs'", "'runs' as source", "did you mean 'run'?")]
    [InlineData("SELECT true AS ok, 1 AS value FROM curves WHERE split = 'valid'", "'valid' as split", "known are: train, validation")]
    [InlineData(
        "SELECT true AS ok, 1 AS value FROM trials t WHERE t.optimizer IN ('gd', 'adm')", "'adm' as optimizer", "did you mean 'adam'?")]
    [InlineData("SELECT true AS ok, 1 AS value FROM read_csv('/etc/passwd')", "disabled", "one SELECT")]
    public void Wrong_sql_is_a_usage_error_with_the_place_of_the_claim(string sql, string problem, string remedy)
    {
        var fault = Assert.Throws<SweepException>(() =>
            ClaimCheck.Check(Plan("SELECT mean < 1 AS ok, mean AS value FROM curves WHERE metric = 'loss'", sql)));

        Assert.Equal(ExitCode.Usage, fault.ExitCode);
        Assert.Contains(problem, fault.Message, StringComparison.Ordinal);
        Assert.StartsWith("E1: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, fault.Remedy, StringComparison.Ordinal);
        Assert.Matches("^synthetic.yaml:(24:10|25:[0-9]+)\n", fault.Place);
        Assert.Empty(fault.Others);
    }

    [Theory]
    // A word is pointed at where it first stands, in quotes before others, six columns in; else the SQL, which begins in column 10 of line
    // 24.
    [InlineData("SELECT mean < 1 AS ok, lss AS value FROM curves", "25:30")]
    [InlineData("SELECT mean < 1 AS ok,\n  lss AS value\nFROM curves", "26:9")]
    [InlineData("SELECT mean < 1 AS ok, mean AS value FROM curves WHERE metric = 'los'", "25:72")]
    [InlineData("SELECT lss < 1 AS ok,\n  lss AS value FROM curves", "25:14")]
    [InlineData("SELECT true AS ok, 1 AS value FROM curves valid\nWHERE valid.split = 'valid' OR split IN ('valid')", "26:28")]
    [InlineData("SELECT mean < 1 AS ok FROM curves", "24:10")]
    public void The_place_of_wrong_sql_is_that_of_the_word_that_is_wrong(string sql, string place)
    {
        var fault = Assert.Throws<SweepException>(() =>
            ClaimCheck.Check(Plan("SELECT mean < 1 AS ok, mean AS value FROM curves WHERE metric = 'loss'", sql)));
        Assert.StartsWith($"synthetic.yaml:{place}\n", fault.Place, StringComparison.Ordinal);
    }

    [Fact]
    public void All_wrong_claims_are_told_together()
    {
        var fault = Assert.Throws<SweepException>(() => ClaimCheck.Check(Plan("SELECT 1", "SELECT 2")));

        Assert.StartsWith("E0: ", fault.Message, StringComparison.Ordinal);
        Assert.StartsWith("E1: ", Assert.Single(fault.Others).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_setting_that_is_not_swept_cannot_be_the_wrong_one()
    {
        var plan = SyntheticSweep.Plan(
            SyntheticSweep.Yaml
            + "\nexpect: [ { entry: a, claim: c, expected: e, sql: \"SELECT true AS ok, 1 AS value\", breaks_when: [rotate optimizer] } ]");

        var fault = Assert.Throws<SweepException>(() => ClaimCheck.Check(plan));
        Assert.Contains("'optimizer' is not swept", fault.Message, StringComparison.Ordinal);
        Assert.Equal("swept are: depth, noise", fault.Remedy);
        Assert.StartsWith("synthetic.yaml:12:98", fault.Place, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_measured_once_cannot_be_untrained()
    {
        const string Expect =
            "\nexpect: [ { entry: a, claim: c, expected: e, sql: \"SELECT true AS ok, 1 AS value\", breaks_when: [untrained] } ]";
        Assert.Null(Record.Exception(() => ClaimCheck.Check(SyntheticSweep.Plan(SyntheticSweep.Yaml + Expect))));

        var once = string.Join('\n', SyntheticSweep.Yaml.Split('\n').Where(line => !line.Contains("- { at:", StringComparison.Ordinal)))
            .Replace("measure:", "measure: [ { at: end, metrics: [loss] } ]", StringComparison.Ordinal);
        var fault = Assert.Throws<SweepException>(() => ClaimCheck.Check(SyntheticSweep.Plan(once + Expect)));
        Assert.Contains("'untrained' changes nothing", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("metric = 'loss'", "reverse modes", true)]
    [InlineData("metric = 'loss'", "reverse loss", false)]
    [InlineData("metric = 'loss' OR metric LIKE 'mod%'", "reverse modes", false)]
    [InlineData("step = 0", "reverse modes", false)]
    public void A_change_of_a_metric_that_the_sql_does_not_ask_for_can_break_nothing(string condition, string change, bool isRefused)
    {
        var plan = SyntheticSweep.Plan(
            $"{SyntheticSweep.Yaml}\nexpect: [ {{ entry: a, claim: c, expected: e, breaks_when: [{change}], sql: \"SELECT true AS ok, mean "
            + $"AS value FROM curves WHERE {condition}\" }} ]");

        var fault = Record.Exception(() => ClaimCheck.Check(plan));
        if (!isRefused)
        {
            Assert.Null(fault);
            return;
        }

        var refused = Assert.IsType<SweepException>(fault);
        Assert.Contains("names no metric 'modes'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("(loss)", refused.Remedy, StringComparison.Ordinal);
        Assert.StartsWith("synthetic.yaml:12:60", refused.Place, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tables_that_sql_is_checked_against_are_those_that_are_written()
    {
        using var temporary = new TemporaryFolder();
        var plan = Plan("SELECT true AS ok, snr AS value FROM curves");
        var folder = SyntheticSweep.Run(plan, temporary.In("synthetic"));
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        EmptyTables.Make(connection, plan);

        foreach (var table in (ImmutableArray<string>)["curves", "trials", "summaries", "measurements"])
        {
            var expected = ResultQuery.Run(folder.Path, $"SELECT column_name, column_type FROM (DESCRIBE {table})").Rows
                .Select(Row).ToList();
            var made = ResultQuery.Run(connection, $"SELECT column_name, column_type FROM (DESCRIBE {table})").Rows.Select(Row).ToList();
            Assert.Equal(expected, made);
        }

        static string Row(object?[] row) => string.Join(' ', row);
    }
}
