using System.Diagnostics;
using Sweeper.Core.Sweeps.Claims;
using Sweeper.Results.Claims;
using Sweeper.Results.Folders;
using Xunit;

namespace Sweeper.Tests.Results;

public sealed class ClaimTests
{
    private static ClaimAnswer Ask(string folder, string sql, ClaimLimits? limits = null)
    {
        using var session = ClaimSession.Open(folder, limits);
        return session.Ask(new Claim("E", "c", "e", sql, [new Mutation.Untrained()], null));
    }

    private static ResultFolder Results(TemporaryFolder temporary) => SyntheticSweep.Run(SyntheticSweep.Plan(), temporary.In("synthetic"));

    [Theory]
    [InlineData("SELECT true AS ok, 1 AS value", Verdict.Holds)]
    [InlineData("SELECT unnest([true, true]) AS ok, 1 AS value", Verdict.Holds)]
    [InlineData("SELECT unnest([true, false]) AS ok, 1 AS value", Verdict.Fails)]
    [InlineData("SELECT unnest([true, NULL]) AS ok, 1 AS value", Verdict.Fails)]
    [InlineData("SELECT true AS ok, 1 AS value WHERE false", Verdict.Fails)]
    [InlineData("SELECT true AS ok, 1 AS value FROM curves WHERE metric = 'never'", Verdict.Fails)]
    [InlineData("SELECT NULL::BOOLEAN AS ok, 1 AS value, 1 AS expected, 1 AS tolerance", Verdict.Fails)]
    [InlineData("SELECT abs(value - 10) <= 0.5 AS ok, value, 10 AS expected, 0.5 AS tolerance FROM (SELECT unnest([10.2, 9.6]) AS value)", Verdict.Holds)]
    [InlineData("SELECT abs(value - 10) <= 0.5 AS ok, value, 10 AS expected, 0.5 AS tolerance FROM (SELECT unnest([10.2, 9.1]) AS value)", Verdict.Near)]
    [InlineData("SELECT abs(value - 10) <= 0.5 AS ok, value, 10 AS expected, 0.5 AS tolerance FROM (SELECT unnest([8.9, 9.1]) AS value)", Verdict.Fails)]
    [InlineData("SELECT false AS ok, 'ten' AS value, 10 AS expected, 99 AS tolerance", Verdict.Fails)]
    [InlineData("SELECT error('no') AS ok, 1 AS value", Verdict.Fails)]
    public void Rows_decide(string sql, Verdict verdict)
    {
        using var temporary = new TemporaryFolder();
        Assert.Equal(verdict, Ask(Results(temporary).Path, sql).Verdict);
    }

    [Fact]
    public void What_decides_is_shown_with_its_uncertainty()
    {
        using var temporary = new TemporaryFolder();
        var folder = Results(temporary).Path;

        Assert.Equal("0.3333 +- 0.012, 2", Ask(folder, "SELECT true AS ok, unnest([1 / 3, 2]) AS value, unnest([0.0123, NULL]) AS se, 4 AS n").Measured);
        Assert.Equal("2 (expected 3)", Ask(folder, "SELECT unnest([true, false]) AS ok, unnest([1, 2]) AS value, 3 AS expected").Measured);
        Assert.Equal("deep: 1, 2", Ask(folder, "SELECT true AS ok, unnest([1, 2]) AS value, unnest(['deep', NULL]) AS label").Measured);
        Assert.Equal("nothing", Ask(folder, "SELECT true AS ok, 1 AS value WHERE false").Measured);
        Assert.Equal(4, Assert.Single(Ask(folder, "SELECT true AS ok, 1 AS value, 4 AS n").Rows).Count);
    }

    [Theory]
    [InlineData("COPY curves TO 'FOLDER/stolen.csv'")]
    [InlineData("COPY (SELECT 1) TO 'FOLDER/segments/stolen.parquet'")]
    [InlineData("SELECT true AS ok, 1 AS value) ; COPY (SELECT 1) TO 'FOLDER/stolen.csv'; SELECT (1")]
    [InlineData("ATTACH 'FOLDER/stolen.db'")]
    [InlineData("INSTALL httpfs")]
    [InlineData("LOAD httpfs")]
    [InlineData("SET enable_external_access = true")]
    [InlineData("PRAGMA enable_progress_bar")]
    [InlineData("CREATE TABLE t AS SELECT 1")]
    [InlineData("DROP VIEW curves")]
    [InlineData("EXPORT DATABASE 'FOLDER/stolen'")]
    [InlineData("SELECT true AS ok, 1 AS value; SELECT 2")]
    [InlineData("SELECT true AS ok, count(*) AS value FROM read_csv('FOLDER/secret.csv')")]
    [InlineData("SELECT true AS ok, count(*) AS value FROM 'FOLDER/secret.csv'")]
    [InlineData("SELECT true AS ok, count(*) AS value FROM read_text('/etc/passwd')")]
    [InlineData("SELECT true AS ok, count(*) AS value FROM read_blob('FOLDER/journal.jsonl')")]
    [InlineData("SELECT true AS ok, count(*) AS value FROM read_parquet('FOLDER/../secret.parquet')")]
    [InlineData("SELECT true AS ok, count(*) AS value FROM read_parquet('FOLDER/segments/../../secret.parquet')")]
    [InlineData("SELECT true AS ok, count(*) AS value FROM glob('/etc/*')")]
    [InlineData("SELECT true AS ok, count(*) AS value FROM read_csv('https://example.org/a.csv')")]
    [InlineData("SELECT true AS ok, * FROM query('COPY curves TO ''FOLDER/stolen.csv''')")]
    public void No_claim_reaches_beyond_the_results(string sql)
    {
        using var temporary = new TemporaryFolder();
        var folder = Results(temporary);
        File.WriteAllText(folder.Path + "/secret.csv", "a\n1\n");
        File.Copy(folder.Curves, temporary.In("secret.parquet"));
        var before = FolderTests.Snapshot(temporary.Path);

        var answer = Ask(folder.Path, sql.Replace("FOLDER", folder.Path, StringComparison.Ordinal));

        Assert.NotNull(answer.Problem);
        Assert.Equal(Verdict.Fails, answer.Verdict);
        Assert.Equal(before, FolderTests.Snapshot(temporary.Path));
    }

    [Theory]
    [InlineData("SELECT true AS ok, count(*) AS value FROM curves a, curves b, curves c, curves d, curves e, curves f", "not answered within 0.5 s")]
    [InlineData("SELECT true AS ok, len(list(x.range)) AS value FROM range(1000000000) x", "")]
    public void A_claim_that_takes_too_much_is_ended_and_the_next_one_is_answered(string sql, string problem)
    {
        using var temporary = new TemporaryFolder();
        using var session = ClaimSession.Open(Results(temporary).Path, new ClaimLimits(TimeSpan.FromSeconds(0.5), 100));
        var watch = Stopwatch.StartNew();

        var answer = session.Ask(new Claim("E", "c", "e", sql, [], null));

        Assert.Contains(problem, Assert.IsType<string>(answer.Problem), StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30));
        Assert.Equal(Verdict.Holds, session.Ask(new Claim("E", "c", "e", "SELECT true AS ok, 1 AS value", [], null)).Verdict);
    }
}
