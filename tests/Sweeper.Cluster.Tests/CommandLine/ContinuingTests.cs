using System.Security.Cryptography;

namespace Sweeper.Cluster.Tests.CommandLine;

/// <summary>Running again, after a change of the file, and after a stop.</summary>
public sealed class ContinuingTests
{
    private const int Interrupt = 2;
    private const int Terminate = 15;
    private const string Head = """
        experiment: teacher-student
        fixed: { width: 6, inputs: 6, outputs: 6, teacher_spectrum: [3, 1], train_examples: 16, validation_examples: 8, learning_rate: 1e-2,
          student: linear, teacher: linear }
        """;

    private const string Small = Head + """

        sweep: small
        grid: { noise: { linspace: [0, 1, 3] }, steps: [30] }
        seeds: 2
        lanes: 4
        measure: [ { at: { every: 10 }, metrics: [loss] } ]
        """;

    private const string Long = Head + """

        sweep: long
        grid: { noise: { linspace: [0, 1, 32] }, steps: [50000] }
        seeds: 8
        lanes: 4
        measure: [ { at: { log: 5 }, metrics: [loss] } ]
        """;

    [Fact]
    public void Running_again_does_nothing_and_changes_no_byte()
    {
        using var folder = FinishedSweep.Of(Small);
        var before = Hashes(folder);

        var again = RunSmall(folder, Small);

        Assert.Equal(0, again.ExitCode);
        Assert.Contains("nothing to do, 0 new, 6 kept", again.Output, StringComparison.Ordinal);
        Assert.Equal(before, Hashes(folder));
    }

    [Theory]
    [InlineData("results/small")]
    [InlineData("results/small", "--figure", "loss", "--out", "elsewhere")]
    public void Plotting_changes_no_byte(params string[] arguments)
    {
        using var folder = FinishedSweep.Of(Small);
        var before = Hashes(folder);

        var plotted = SweeperProcess.Run(folder.Path, ["plot", .. arguments]);
        Assert.Equal(0, plotted.ExitCode);
        Assert.Contains(".svg", plotted.Output, StringComparison.Ordinal);
        Assert.Equal(before, Hashes(folder));
    }

    [Fact]
    public void A_reformatted_file_has_nothing_to_do()
    {
        using var folder = FinishedSweep.Of(Small);
        var before = Hashes(folder);

        var again = RunSmall(folder, """
            # The same sweep in another order, spelt otherwise.
            sweep: small
            lanes:   4
            seeds: 0..1
            grid:
              steps: [3e1]
              noise: [0.0, 5e-1, 1]
            measure:
              - metrics: [loss]
                at: { every: 10 }
            experiment: "teacher-student"
            fixed:
              learning_rate: 0.010
              student: linear
              teacher: linear
              teacher_spectrum: [3.0, 1.0]
              train_examples: 16
              validation_examples: 8
              inputs: 6
              outputs: 6
              width: 6
            """);

        Assert.Contains("nothing to do, 0 new, 6 kept", again.Output, StringComparison.Ordinal);
        Assert.Equal(before, Hashes(folder));
    }

    [Fact]
    public void Added_seeds_and_a_refined_axis_train_only_what_is_new()
    {
        using var folder = FinishedSweep.Of(Small);
        var before = Hashes(folder).Where(file => file.Key.Contains("/segments/", StringComparison.Ordinal)).ToList();

        var grown = RunSmall(folder, Small.Replace("linspace: [0, 1, 3]", "linspace: [0, 1, 5]").Replace("seeds: 2", "seeds: 4"));

        Assert.Equal(0, grown.ExitCode);
        Assert.Contains("14 new, 6 kept", grown.Output, StringComparison.Ordinal);
        Assert.Subset(Hashes(folder).ToHashSet(), before.ToHashSet());
        Assert.Equal("20 20 20", Ask(folder, """
            SELECT count(*) || ' ' || count(DISTINCT trial_id) || ' ' || (SELECT count(DISTINCT trial_id) FROM measurements) AS answer
            FROM trials
            """));
        // Every trial was written once: as many rows as trials, steps (0, 10, 20, 30) and splits.
        Assert.Equal("160", Ask(folder, "SELECT count(*) AS answer FROM measurements"));
    }

    [Fact]
    public void A_damaged_segment_is_refused_alike_by_all_that_read_it_and_the_remedy_trains_its_trials_again()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, RunSmall(folder, Small).ExitCode);
        var before = Hashes(folder).Where(file => file.Key.EndsWith(".parquet", StringComparison.Ordinal)).ToList();
        var damaged = Directory.GetFiles(folder.In("results/small/segments")).Order().First();
        using (var file = File.OpenWrite(damaged))
        {
            file.SetLength(file.Length / 2);
        }

        var refused = SweeperProcess.Run(folder.Path, ["run", "sweep.yaml"]);
        Assert.Equal(5, refused.ExitCode);
        Assert.Contains("a committed segment with 4 trials is damaged", refused.Error, StringComparison.Ordinal);
        Assert.Contains("delete it, and `sweeper run` trains them again", refused.Error, StringComparison.Ordinal);
        Assert.Equal((5, refused.Error), Failed(SweeperProcess.Run(folder.Path, ["export", "small"])));
        Assert.Equal((5, refused.Error), Failed(SweeperProcess.Run(folder.Path, ["summary", "small"])));

        File.Delete(damaged);
        Assert.Contains(
            "2 of 6 trials committed, 4 to be trained", SweeperProcess.Run(folder.Path, ["status", "small"]).Output,
            StringComparison.Ordinal);
        var again = SweeperProcess.Run(folder.Path, ["run", "sweep.yaml"]);
        Assert.Equal(0, again.ExitCode);
        Assert.Contains("4 new, 2 kept", again.Output, StringComparison.Ordinal);
        Assert.Subset(Hashes(folder).ToHashSet(), before.Where(file => !file.Key.Contains("trials", StringComparison.Ordinal)).ToHashSet());

        static (int, string) Failed(SweeperProcess process) => (process.ExitCode, process.Error);
    }

    [Fact]
    public void Resuming_keeps_what_the_run_before_was_about_and_says_so()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("sweep.yaml"), Small);
        Assert.Equal(
            0, SweeperProcess.Run(folder.Path, ["run", "sweep.yaml", "--only", "noise < 1", "--limit", "4", "--seeds", "0..2"]).ExitCode);

        var resumed = SweeperProcess.Run(folder.Path, ["resume", "small"]);

        Assert.Equal(0, resumed.ExitCode);
        Assert.Contains(
            "small: goes on as the run before: seeds 0 1 2, --only 'noise < 1' and --limit 4 (--all for the rest)", resumed.Output,
            StringComparison.Ordinal);
        Assert.Contains("nothing to do, 0 new, 4 kept, 5 left out", resumed.Output, StringComparison.Ordinal);
        var all = SweeperProcess.Run(folder.Path, ["resume", "small", "--all"]);
        Assert.Contains("small: goes on with all of the sweep: seeds 0 1 2\n", all.Output, StringComparison.Ordinal);
        Assert.Contains("5 new, 4 kept", all.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interrupted_run_says_how_to_continue_and_does()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("sweep.yaml"), Long);

        var stopped = SweeperProcess.Signal(folder.Path, ["run", "sweep.yaml"], null, ("training:", Interrupt));

        Assert.Equal(4, stopped.ExitCode);
        Assert.Contains("the same command continues", stopped.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.In("results/long/staging")));
        Assert.Equal(0, SweeperProcess.Run(folder.Path, ["run", "sweep.yaml", "--set", "steps=30"]).ExitCode);
    }

    [Fact]
    public void A_second_interrupt_ends_at_once_whatever_hangs()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("sweep.yaml"), Small);
        var ended = SweeperProcess.Signal(
            folder.Path, ["run", "sweep.yaml"], "merge=stall", ("averaging", Interrupt), ("stopping", Interrupt));
        Assert.Equal(130, ended.ExitCode);
    }

    [Fact]
    public void A_run_that_a_scheduler_ends_asks_to_be_requeued()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("sweep.yaml"), Long);
        Assert.Equal(75, SweeperProcess.Signal(folder.Path, ["run", "sweep.yaml"], null, ("training:", Terminate)).ExitCode);
    }

    private static SweeperProcess RunSmall(TemporaryFolder folder, string text)
    {
        File.WriteAllText(folder.In("sweep.yaml"), text);
        return SweeperProcess.Run(folder.Path, ["run", "sweep.yaml"]);
    }

    private static string Ask(TemporaryFolder folder, string sql) =>
        SweeperProcess.Run(folder.Path, ["query", "small", sql, "--format", "csv"]).Output.Split('\n')[1].Trim('"');

    private static Dictionary<string, string> Hashes(TemporaryFolder folder) => Directory
        .GetFiles(folder.In("results"), "*", SearchOption.AllDirectories)
        .ToDictionary(path => path, path => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))));
}
