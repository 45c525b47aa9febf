using System.Security.Cryptography;
using Sweeper.Core.Journal;
using Sweeper.Results.Journaling;

namespace Sweeper.Cluster.Tests.CommandLine;

/// <summary>A pack that lasts, in processes that end before it does.</summary>
public sealed class PausedPackTests
{
    private const int Terminate = 15, Kill = 9, Stop = 19, Continue = 18;
    private const string Sweep = """
        sweep: long
        experiment: mlp-classifier
        fixed: { optimizer: adam, depth: 3, width: 16, inputs: 8, classes: 3, train_examples: 64, validation_examples: 32, batch: 16,
          branches: 2, split_step: 1500, steps: 12000 }
        grid: { weight_decay: [0, 0.01] }
        seeds: 2
        measure: [ { at: { every: 100 }, metrics: [loss, weight_norm] } ]
        """;

    private static readonly Lazy<string> Quiet = new(() =>
    {
        using var folder = NewFolder();
        Assert.Equal(0, SweeperProcess.Run(folder.Path, ["run", "long.yaml"]).ExitCode);
        Assert.All(Journal(folder).OfType<JournalEntry.CommitGranted>(), granted => Assert.Null(granted.Segment.Checkpoint));
        return CurvesHash(folder);
    });

    [Fact]
    public void A_worker_process_killed_after_a_checkpoint_is_followed_by_one_that_goes_on_from_it_and_the_curves_are_the_same_bytes()
    {
        using var folder = NewFolder();
        using var run = new BackgroundProcess(folder.Path, [("SWEEPER_CHECKPOINT_SECONDS", "0.3")], "run", "long.yaml", "--workers", "1");
        BackgroundProcess.Await(() => Journal(folder).OfType<JournalEntry.Committed>().Count() >= 2, "nothing was committed");
        KillInTheMiddleOfAPack(run.Children[0], folder);
        Assert.Equal(0, run.AwaitExit());

        foreach (var intervals in Journal(folder).OfType<JournalEntry.CommitGranted>().GroupBy(granted => granted.Pack))
        {
            Assert.True(intervals.Count() >= 3);
            Assert.Equal(
                [null, .. intervals.SkipLast(1).Select(granted => granted.Segment.Name)],
                intervals.Select(granted => granted.Content.After));
        }

        Assert.Contains(Journal(folder).OfType<JournalEntry.AttemptEnded>(), ended => ended.Kind == FailureKind.Lost);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(folder.Path, "results/long/checkpoints")));
        Assert.Equal(Quiet.Value, CurvesHash(folder));
    }

    /// <summary>Stops a worker, and kills it if its lease stays open; else it was between two, and goes on.</summary>
    private static void KillInTheMiddleOfAPack(int worker, TemporaryFolder folder)
    {
        BackgroundProcess.Await(
            () =>
            {
                Assert.Equal(0, SweeperProcess.Kill(worker, Stop));
                Thread.Sleep(TimeSpan.FromSeconds(1));
                if (OpenLeases.Of(Journal(folder)).Count > 0)
                {
                    return true;
                }

                Assert.Equal(0, SweeperProcess.Kill(worker, Continue));
                return false;
            },
            "the worker never had a lease");
        Assert.Equal(0, SweeperProcess.Kill(worker, Kill));
    }

    [Fact]
    public void A_run_that_a_scheduler_ends_leaves_a_checkpoint_and_the_next_one_goes_on_from_it()
    {
        using var folder = NewFolder();
        using (var run = new BackgroundProcess(folder.Path, [("SWEEPER_CHECKPOINT_SECONDS", "0.3")], "run", "long.yaml"))
        {
            BackgroundProcess.Await(() => Journal(folder).OfType<JournalEntry.Committed>().Any(), "nothing was committed");
            run.Signal(Terminate);
            Assert.Equal(75, run.AwaitExit());
        }

        var paused = SweepHistory.Fold(Journal(folder)).Begun.Values.ToList();
        Assert.NotEmpty(paused);
        Assert.All(
            paused, pack => Assert.True(File.Exists(Path.Combine(folder.Path, "results/long/checkpoints", pack.File.Checkpoint!.Name))));
        FileModeTests.AssertPrivate(folder.In("results"));
        Assert.Equal(0, SweeperProcess.Run(folder.Path, ["run", "long.yaml"]).ExitCode);
        Assert.Subset(
            Journal(folder).OfType<JournalEntry.CommitGranted>().Select(granted => granted.Content.After).OfType<string>().ToHashSet(),
            paused.Select(pack => pack.File.Name).ToHashSet());
        Assert.Equal(Quiet.Value, CurvesHash(folder));
    }

    [Fact]
    public void Packs_with_a_metric_that_looks_back_pause_too_and_their_rows_come_with_the_last_segment()
    {
        var sweep = Sweep.Replace("weight_norm]", "final_agreement]", StringComparison.Ordinal);
        string HashOf(double seconds, out IReadOnlyList<JournalEntry> journal)
        {
            using var folder = NewFolder();
            File.WriteAllText(folder.In("long.yaml"), sweep);
            using var run = new BackgroundProcess(
                folder.Path, [("SWEEPER_CHECKPOINT_SECONDS", seconds.ToString(System.Globalization.CultureInfo.InvariantCulture))],
                "run", "long.yaml");
            Assert.Equal(0, run.AwaitExit());
            journal = Journal(folder);
            return CurvesHash(folder);
        }

        Assert.Equal(HashOf(3600, out _), HashOf(0.3, out var paused));
        foreach (var intervals in paused.OfType<JournalEntry.CommitGranted>().GroupBy(granted => granted.Pack))
        {
            Assert.True(intervals.Count() >= 3);
            Assert.All(intervals.SkipLast(1), granted => Assert.Equal((0L, -1L), (granted.Segment.Rows, granted.Segment.Checkpoint!.Step)));
            Assert.NotEqual(0, intervals.Last().Segment.Rows);
        }
    }

    [Fact]
    public void Packs_that_paused_before_the_plan_changed_begin_anew_and_plan_says_so_and_prune_removes_what_is_left()
    {
        using var folder = NewFolder();
        using (var run = new BackgroundProcess(folder.Path, [("SWEEPER_CHECKPOINT_SECONDS", "0.3")], "run", "long.yaml"))
        {
            BackgroundProcess.Await(() => Journal(folder).OfType<JournalEntry.Committed>().Any(), "nothing was committed");
            run.Signal(Terminate);
            Assert.Equal(75, run.AwaitExit());
        }

        var paused = SweepHistory.Fold(Journal(folder)).Begun.Count;
        Assert.Contains($"{paused} pack", Plan(folder), StringComparison.Ordinal);
        Assert.Contains("of these go on from a checkpoint", Plan(folder), StringComparison.Ordinal);

        // One thing more is measured at the end.
        File.WriteAllText(
            folder.In("long.yaml"),
            Sweep.Replace("[loss, weight_norm] }", "[loss, weight_norm] }, { at: end, metrics: [accuracy] }", StringComparison.Ordinal));
        Assert.Contains("of an earlier plan paused and will not go on; `sweeper prune`", Plan(folder), StringComparison.Ordinal);
        Assert.DoesNotContain("from a checkpoint", Plan(folder), StringComparison.Ordinal);
        Assert.Equal(0, SweeperProcess.Run(folder.Path, ["run", "long.yaml"]).ExitCode);
        Assert.Equal(0, SweeperProcess.Run(folder.Path, ["prune", "results/long"]).ExitCode);

        Assert.Empty(Directory.EnumerateFiles(folder.In("results/long/checkpoints")));
        var history = SweepHistory.Fold(Journal(folder));
        Assert.Equal(
            history.Segments.Values.SelectMany(segment => segment.Files).Select(file => file.Name).Order(),
            Directory.EnumerateFiles(folder.In("results/long/segments")).Select(path => Path.GetFileName(path)!).Order());
    }

    [Theory, InlineData("often"), InlineData("-1")]
    public void A_number_of_seconds_that_is_none_is_refused_before_anything_is_trained(string seconds)
    {
        using var folder = NewFolder();
        var refused = SweeperProcess.Shell(folder.Path, $"SWEEPER_CHECKPOINT_SECONDS={seconds} $SWEEPER run long.yaml");
        Assert.Equal(5, refused.ExitCode);
        Assert.Contains($"SWEEPER_CHECKPOINT_SECONDS is '{seconds}'", refused.Error, StringComparison.Ordinal);
    }

    private static string Plan(TemporaryFolder folder) => SweeperProcess.Run(folder.Path, ["plan", "long.yaml"]).Output;

    private static TemporaryFolder NewFolder()
    {
        var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "long.yaml"), Sweep);
        return folder;
    }

    private static IReadOnlyList<JournalEntry> Journal(TemporaryFolder folder) =>
        Directory.Exists(Path.Combine(folder.Path, "results/long")) ? JournalReader.Read(Path.Combine(folder.Path, "results/long")) : [];

    private static string CurvesHash(TemporaryFolder folder) =>
        Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder.Path, "results/long/curves.parquet"))));
}
