using Sweeper.Cluster.Hosting;
using Sweeper.Cluster.Status;
using Sweeper.Cluster.Tests.Fakes;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Tests.Node;

/// <summary>Packs that pause after a checkpoint, through a whole node.</summary>
public sealed class PausingTests
{
    private static readonly SweepPlan Plan = FakeExperiments.Plan(depths: 2);
    private static readonly long[] Steps = [.. Plan.WorkFor(Plan.Packs[0], static (_, _) => true).Schedule.Snapshots
        .Select(snapshot => snapshot.Step)];
    private static readonly ClusterTimings Patient =
        TestNode.Brisk with { WorthPausing = TimeSpan.Zero, PauseGrace = TestNode.Patience, DrainGrace = TestNode.Patience };

    private readonly MemoryFolders folders = new();

    private MemoryFolder Folder => folders["results/test"];

    [Fact]
    public async Task A_pack_that_pauses_is_committed_in_segments_and_goes_on_until_its_trials_are_committed()
    {
        // More than fits into one part, and no multiple of eight.
        var runner = new FakeRunner { CheckpointBytes = 150_001 };
        await using var node = await TestNode.StartAsync(Every(TimeSpan.Zero, runner));
        var status = await (await node.SubmitAsync(Plan)).EndAsync();

        Assert.Equal(
            (SweepState.Completed, ExitCode.Done, new TrialCounts(8, 8, 0, 0, 0, 0)), (status.State, status.ExitCode, status.Trials));
        long[] began = [-1, .. Steps.SkipLast(1)];
        Assert.Equal([.. began, .. began], runner.Began);
        Assert.Equal(2 * Steps.Length, Folder.Journal.OfType<JournalEntry.Committed>().Count());
        Assert.Empty(Folder.Journal.OfType<JournalEntry.AttemptEnded>());
        Folder.AssertHolds(Plan);
    }

    [Fact]
    public async Task A_pack_whose_node_dies_after_a_checkpoint_goes_on_from_it_at_the_next_one()
    {
        var gate = new Gate();
        await using (var node = await TestNode.StartAsync(Every(
            TimeSpan.Zero, new FakeRunner { OnStep = (_, step, cancellation) => PassAt(gate, step, cancellation) })))
        {
            await node.SubmitAsync(Plan);
            await gate.Reached();
        }

        var runner = new FakeRunner();
        await using var next = await TestNode.StartAsync(Every(TimeSpan.FromHours(1), runner));
        Assert.Equal(SweepState.Completed, (await (await next.SubmitAsync(Plan)).EndAsync()).State);
        // The other pack may come first: the lease of the dead has to run out.
        Assert.Equal([-1, Steps[1]], runner.Began.Order());
        Folder.AssertHolds(Plan);
    }

    [Fact]
    public async Task A_retry_after_an_error_goes_on_from_the_checkpoint_and_the_last_one_trusts_none()
    {
        var errors = 0;
        var runner = new FakeRunner
        {
            OnStep = (work, step, _) =>
            {
                if (work.Statics.Integer("depth") == 1 && step == Steps[2] && errors++ < 2)
                {
                    throw new InvalidOperationException("the checkpoint is not what it was");
                }
            },
        };
        await using var node = await TestNode.StartAsync(Every(TimeSpan.Zero, runner));
        var status = await (await node.SubmitAsync(FakeExperiments.Plan(depths: 1))).EndAsync();

        Assert.Equal(SweepState.Completed, status.State);
        // It trusts the checkpoints that it makes itself.
        Assert.Equal([-1, Steps[0], Steps[1], Steps[1], -1, .. Steps.SkipLast(1)], runner.Began);
        var history = SweepHistory.Fold(Folder.Journal);
        Assert.Empty(history.Begun);
        Assert.Equal(Steps.Length - 1, Assert.Single(history.Segments).Value.Earlier.Length);
        Assert.Empty(history.Gone);
        Assert.Empty(Folder.Checkpoints);
    }

    [Fact]
    public async Task A_stop_waits_for_a_checkpoint_within_the_grace_and_a_later_run_goes_on_from_it()
    {
        var (runner, reached) = AwaitingPause();
        await using var node = await TestNode.StartAsync(Every(TimeSpan.FromHours(1), runner));
        var sweep = await node.SubmitAsync(Plan);
        await reached.Reached();
        sweep.Drain();

        Assert.Equal(SweepState.Stopped, (await sweep.EndAsync()).State);
        Assert.Empty(Folder.Journal.OfType<JournalEntry.AttemptEnded>());
        Assert.Equal(Steps[2], Assert.Single(SweepHistory.Fold(Folder.Journal).Begun).Value.File.Checkpoint!.Step);
        Assert.Equal(SweepState.Completed, (await (await node.SubmitAsync(Plan)).EndAsync()).State);
        Assert.Equal([-1, Steps[2], -1], runner.Began);
        Folder.AssertHolds(Plan);
    }

    [Fact]
    public async Task A_worker_that_is_asked_to_leave_leaves_a_checkpoint_behind_and_gets_no_more()
    {
        var (runner, reached) = AwaitingPause();
        await using var node = await TestNode.StartAsync(Every(TimeSpan.FromHours(1), runner));
        await node.SubmitAsync(Plan);
        await reached.Reached();
        await node.LeaveAsync(TestNode.Patience);

        Assert.Single(Folder.Journal.OfType<JournalEntry.Leased>());
        Assert.Single(SweepHistory.Fold(Folder.Journal).Begun);
    }

    private SweeperNodeOptions Every(TimeSpan interval, FakeRunner runner)
    {
        var options = TestNode.Options(folders, Patient, runner);
        return options with { Workers = [options.Workers[0] with { CheckpointEvery = interval }] };
    }

    /// <summary>A runner that waits at the third measurement until it is asked to pause, and what says that it is there.</summary>
    private static (FakeRunner Runner, Gate At) AwaitingPause()
    {
        var gate = new Gate();
        gate.Open();
        return (new FakeRunner { AwaitsPauseAt = Steps[2], OnStep = (_, step, cancellation) => PassAt(gate, step, cancellation) }, gate);
    }

    private static void PassAt(Gate gate, long step, CancellationToken cancellation)
    {
        if (step == Steps[2])
        {
            gate.Pass(cancellation);
        }
    }
}
