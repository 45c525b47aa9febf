using Sweeper.Core.Journal;
using Sweeper.Terminal;
using Sweeper.Tests.Results;
using Xunit;

namespace Sweeper.Tests.Terminal;

public sealed class FailureReportTests
{
    [Fact]
    public void A_cause_without_numbers_is_said_once()
    {
        var lines = Report(Group("the matrix is singular"), diverged: 0);
        Assert.EndsWith(": the matrix is singular", lines[0], StringComparison.Ordinal);
        Assert.Single(lines, line => line.Contains("singular", StringComparison.Ordinal));
    }

    [Fact]
    public void A_long_cause_is_said_in_full_once()
    {
        var reason = $"lane 3 is not finite: {string.Join(", ", Enumerable.Repeat("matrix", 40))} end";
        var lines = Report(Group(reason), diverged: 0);
        Assert.Equal($"  latest   {reason}", lines[1]);
        Assert.Contains("lane # is not finite", lines[0], StringComparison.Ordinal);
        Assert.EndsWith(" ..", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Trials_that_diverged_are_no_failures_and_are_named() =>
        Assert.Equal(
            [
                "no failed trials in results/a",
                "2 trials diverged, which is a result and no failure: "
                    + "`sweeper query results/a \"SELECT * FROM trials WHERE state = 'diverged'\"` lists them",
                "",
            ],
            Report(null, diverged: 2));

    private static string[] Report(FailureGroup? group, int diverged)
    {
        using var output = new StringWriter();
        FailureReport.Write(output, "results/a", group is null ? [] : [group], [], diverged, _ => "mend it", _ => []);
        return output.ToString().Split('\n');
    }

    private static FailureGroup Group(string reason)
    {
        var plan = SyntheticSweep.Plan();
        return new FailureGroup(
            FailureFingerprint.Of(reason), FailureKind.Error, reason, [plan.TrialAt(0).Id], [plan.Packs[0].Id], "host", "worker", default);
    }
}
