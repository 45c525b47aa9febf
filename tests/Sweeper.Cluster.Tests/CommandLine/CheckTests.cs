namespace Sweeper.Cluster.Tests.CommandLine;

public sealed class CheckTests
{
    private const string Falls =
        "SELECT arg_max(mean, step) < arg_min(mean, step) AS ok, arg_max(mean, step) AS value FROM curves " +
        "WHERE metric = 'relative_loss' AND split = 'train'";

    [Fact]
    public void The_verb_says_what_holds_and_ends_with_7_where_something_fails()
    {
        using var temporary = new TemporaryFolder();
        var file = temporary.In("tiny.yaml");
        void Write(string sql, string more = "", int last = 20) => File.WriteAllText(file,
            $$"""
            sweep: tiny
            experiment: teacher-student
            fixed: { steps: 20 }
            seeds: 2
            measure: [ { at: [0, {{last}}], metrics: [relative_loss] } ]
            figures: []
            expect: [ { entry: 2a, claim: The loss falls, expected: below 1, sql: "{{sql}}", breaks_when: [untrained]{{more}} } ]
            """);
        SweeperProcess Check(params string[] more) =>
            SweeperProcess.Run(temporary.Path, ["check", file, "--results", temporary.In("results"), .. more]);

        Write(Falls);
        Assert.Equal(2, Check().ExitCode);
        Assert.Equal(0, SweeperProcess.Run(temporary.Path, ["run", file, "--results", temporary.In("results")]).ExitCode);
        var holds = Check("--mutate");
        Assert.True(holds.ExitCode == 0, holds.Output + holds.Error);
        Assert.StartsWith("holds  2a: The loss falls\n", holds.Output, StringComparison.Ordinal);
        Assert.Contains("untrained: fails, as it must not hold then", holds.Output, StringComparison.Ordinal);
        var tried = Check("--try-all");
        Assert.Equal(0, tried.ExitCode);
        // The ratio of last to first loss knows no scale, and nothing is said of validation: only these go unnoticed.
        Assert.Contains(
            "tried 5 changes; it holds after: swap splits, scale relative_loss by 2, scale relative_loss by 0.5\n", tried.Output,
            StringComparison.Ordinal);
        Assert.Contains(
            "\"tried\":[{\"mutation\":\"untrained\",\"verdict\":\"fails\"}", Check("--try-all", "--json").Output, StringComparison.Ordinal);
        var byFolder = SweeperProcess.Run(temporary.Path, ["check", temporary.In("results/tiny"), "--json"]);
        Assert.Equal(0, byFolder.ExitCode);
        Assert.Contains("\"verdict\":\"holds\"", byFolder.Output, StringComparison.Ordinal);

        Write("SELECT true AS ok, 1 AS value");
        Assert.Equal(0, Check().ExitCode);
        Assert.Equal(7, Check("--mutate").ExitCode);

        Write("SELECT false AS ok, 0 AS value");
        Assert.Equal(7, Check().ExitCode);
        Assert.Contains(
            "0 hold, 0 near, 1 fail; 1 claim not held against them: only those that hold are", Check("--mutate").Output,
            StringComparison.Ordinal);
        Write("SELECT false AS ok, 0 AS value", ", cause: it is known why");
        Assert.Equal(0, Check().ExitCode);
        Write("SELECT false AS ok, 1.5 AS value, 1 AS expected, 0.3 AS tolerance");
        var near = Check();
        Assert.Equal((0, "near   2a: The loss falls"), (near.ExitCode, near.Output.Split('\n')[0]));

        Write("SELECT true AS ok, 1 AS value FROM curves WHERE metric = 'los'");
        Assert.Equal(2, Check().ExitCode);
        Write("SELECT true AS ok, 1 AS value FROM curves WHERE metric = 'relative_loss'", last: 10);
        Assert.Equal(5, Check().ExitCode);
    }
}
