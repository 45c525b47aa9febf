namespace Sweeper.Cluster.Tests.CommandLine;

/// <summary>Coordinator, workers and clients in processes of their own, any of which may die.</summary>
public sealed class ManyProcessesTests
{
    private const int Interrupt = 2;
    private const int Terminate = 15;

    [Fact]
    public void A_worker_process_that_is_killed_is_started_again_and_the_curves_are_the_same_bytes()
    {
        using var folder = ManySweep.NewFolder();
        using var run = new BackgroundProcess(folder.Path, "run", ManySweep.File, "--workers", "2");
        ManySweep.AwaitFirstCommit(folder);
        Assert.Equal(0, SweeperProcess.Kill(run.Children[0], 9));

        Assert.Equal(0, run.AwaitExit());
        Assert.Contains("ended with 137", run.Output, StringComparison.Ordinal);
        Assert.Equal(ManySweep.QuietHash, ManySweep.CurvesHash(folder));
    }

    [Fact]
    public void Workers_of_a_run_that_is_killed_leave_and_the_next_run_goes_on()
    {
        using var folder = ManySweep.NewFolder();
        using var run = new BackgroundProcess(folder.Path, "run", ManySweep.File, "--workers", "2");
        ManySweep.AwaitFirstCommit(folder);
        var workers = run.Children;
        Assert.Equal(2, workers.Length);
        run.Kill();
        BackgroundProcess.Await(() => !workers.Any(worker => Directory.Exists($"/proc/{worker}")), "workers were left behind");

        Assert.Equal(0, SweeperProcess.Run(folder.Path, ["run", ManySweep.File, "--workers", "1"]).ExitCode);
        Assert.Equal(ManySweep.QuietHash, ManySweep.CurvesHash(folder));
    }

    [Fact]
    public void A_coordinator_that_is_killed_and_started_again_goes_on_with_its_sweeps_its_workers_and_its_clients()
    {
        using var folder = ManySweep.NewFolder();
        var coordinator = new BackgroundProcess(folder.Path, "coordinator");
        coordinator.AwaitOutput("coordinator at");
        using var worker = new BackgroundProcess(folder.Path, "worker", "--name", "one");
        using var client = new BackgroundProcess(folder.Path, "submit", ManySweep.File);
        ManySweep.AwaitFirstCommit(folder);
        coordinator.Kill();
        coordinator.Dispose();
        using var second = new BackgroundProcess(folder.Path, "coordinator");

        Assert.Equal(0, client.AwaitExit());
        Assert.Equal(ManySweep.QuietHash, ManySweep.CurvesHash(folder));
        worker.Signal(Terminate);
        second.Signal(Terminate);
        Assert.Equal((75, 75), (worker.AwaitExit(), second.AwaitExit()));
    }

    [Fact]
    public void While_a_coordinator_is_gone_a_submitted_sweep_waits_for_the_next_one_and_no_other_is_submitted()
    {
        using var folder = ManySweep.NewFolder();
        using (var coordinator = new BackgroundProcess(folder.Path, "coordinator"))
        {
            coordinator.AwaitOutput("coordinator at");
            Assert.Equal(0, SweeperProcess.Run(folder.Path, ["submit", ManySweep.File, "--detach"]).ExitCode);
            Assert.Contains(
                $"no worker trains it now: `sweeper worker --cluster {folder.In("results/cluster.json")}` starts one",
                SweeperProcess.Run(folder.Path, ["status", "many"]).Output, StringComparison.Ordinal);
            coordinator.Kill();
        }

        var status = SweeperProcess.Run(folder.Path, ["status", "many"]).Output;
        Assert.Contains(
            $"it was submitted: `sweeper coordinator --cluster {folder.In("results/cluster.json")}`, started again, goes on", status,
            StringComparison.Ordinal);
        Assert.DoesNotContain("sweeper resume", status, StringComparison.Ordinal);

        File.WriteAllText(folder.In("other.yaml"), ManySweep.Text.Replace("sweep: many", "sweep: other", StringComparison.Ordinal));
        var other = SweeperProcess.Signal(folder.Path, ["submit", "other.yaml"], null, ("to train", Interrupt));
        Assert.Equal(4, other.ExitCode);
        Assert.Contains("nothing was submitted", other.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.In("results/other")));
    }

    [Fact]
    public void A_sweep_that_was_detached_ends_without_its_client()
    {
        using var folder = ManySweep.NewFolder();
        using var coordinator = new BackgroundProcess(folder.Path, "coordinator");
        coordinator.AwaitOutput("coordinator at");
        using var worker = new BackgroundProcess(folder.Path, "worker");
        var elsewhere = SweeperProcess.Run(folder.Path, ["submit", ManySweep.File, "--detach", "--results", ".."]);
        Assert.Equal(5, elsewhere.ExitCode);
        Assert.Contains($"the coordinator writes results only under {folder.Path}", elsewhere.Error, StringComparison.Ordinal);
        var submitted = SweeperProcess.Run(folder.Path, ["submit", ManySweep.File, "--detach"]);
        Assert.Equal(0, submitted.ExitCode);
        Assert.Contains("accepted", submitted.Output, StringComparison.Ordinal);
        BackgroundProcess.Await(() => File.Exists(Path.Combine(folder.Path, "results/many/curves.parquet")), "the sweep did not end");

        Assert.Equal(ManySweep.QuietHash, ManySweep.CurvesHash(folder));
        FileModeTests.AssertPrivate(folder.In("results"));
    }

    [Fact]
    public void A_detached_sweep_is_cancelled_and_its_workers_are_drained()
    {
        using var folder = ManySweep.NewFolder();
        File.WriteAllText(
            Path.Combine(folder.Path, "long.yaml"),
            ManySweep.Text.Replace("sweep: many", "sweep: long").Replace("steps: 3000", "steps: 100000000"));
        using var coordinator = new BackgroundProcess(folder.Path, "coordinator");
        coordinator.AwaitOutput("coordinator at");
        using var worker = new BackgroundProcess(folder.Path, "worker", "--name", "one");
        Assert.Equal(0, SweeperProcess.Run(folder.Path, ["submit", "long.yaml", "--detach"]).ExitCode);
        worker.AwaitOutput("works for the coordinator");

        var cancelled = SweeperProcess.Run(folder.Path, ["cancel", "long"]);
        Assert.Contains("long is stopped: 0 of 24 trials", cancelled.Output, StringComparison.Ordinal);
        var again = SweeperProcess.Run(folder.Path, ["cancel", "long"]);
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("runs a sweep there", again.Error, StringComparison.Ordinal);

        var unknown = SweeperProcess.Run(folder.Path, ["drain", "two"]);
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("there is no worker 'two'", unknown.Error, StringComparison.Ordinal);
        var drained = SweeperProcess.Run(folder.Path, ["drain"]);
        Assert.Contains("one left", drained.Output, StringComparison.Ordinal);
        Assert.Equal(75, worker.AwaitExit());
    }

    [Fact]
    public void Workers_of_one_sweep_are_sent_away_with_its_end_and_say_so_to_who_starts_them_again()
    {
        using var folder = ManySweep.NewFolder();
        using var coordinator = new BackgroundProcess(folder.Path, "coordinator");
        coordinator.AwaitOutput("coordinator at");
        using var done = new BackgroundProcess(folder.Path, "worker", "--name", "one", "--drained-is-done");
        using var preempted = new BackgroundProcess(folder.Path, "worker", "--name", "two");
        Array.ForEach([done, preempted], worker => worker.AwaitOutput("works for the coordinator"));

        Assert.Equal(2, SweeperProcess.Run(folder.Path, ["submit", ManySweep.File, "--detach", "--drain"]).ExitCode);
        var submitted = SweeperProcess.Run(folder.Path, ["submit", ManySweep.File, "--drain"]);
        Assert.True(submitted.ExitCode == 0, submitted.Error);
        Assert.Equal((0, 75), (done.AwaitExit(), preempted.AwaitExit()));
        Assert.Equal(ManySweep.QuietHash, ManySweep.CurvesHash(folder));

        // Nothing is left to do, and nobody to send away; and a worker that is told by a signal is not done.
        using var late = new BackgroundProcess(folder.Path, "worker", "--name", "one", "--drained-is-done");
        late.AwaitOutput("works for the coordinator");
        late.Signal(Terminate);
        Assert.Equal(75, late.AwaitExit());
        Assert.Equal(0, SweeperProcess.Run(folder.Path, ["submit", ManySweep.File, "--drain"]).ExitCode);
    }

    [Fact]
    public void A_second_coordinator_is_refused()
    {
        using var folder = ManySweep.NewFolder();
        using var coordinator = new BackgroundProcess(folder.Path, "coordinator");
        coordinator.AwaitOutput("coordinator at");
        var second = SweeperProcess.Run(folder.Path, ["coordinator"]);

        Assert.Equal(5, second.ExitCode);
        Assert.Contains("publishes here already", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_queue_is_said_when_the_coordinator_starts()
    {
        using var folder = ManySweep.NewFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "results"));
        File.WriteAllText(Path.Combine(folder.Path, "results/cluster.queue.json"), "[ { \"id\":");
        var coordinator = SweeperProcess.Run(folder.Path, ["coordinator"]);

        Assert.Equal(5, coordinator.ExitCode);
        Assert.Contains("this is no list of submitted sweeps", coordinator.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sweep_cannot_be_submitted_where_there_is_no_coordinator()
    {
        using var folder = ManySweep.NewFolder();
        var submitted = SweeperProcess.Run(folder.Path, ["submit", ManySweep.File]);

        Assert.Equal(5, submitted.ExitCode);
        Assert.Contains("there is no coordinator", submitted.Error, StringComparison.Ordinal);
    }
}
