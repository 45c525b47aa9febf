using Sweeper.Cluster.Hosting;
using Sweeper.Cluster.Status;
using Sweeper.Cluster.Tests.Fakes;
using Sweeper.Cluster.Worker;
using Sweeper.Core.Journal;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Tests.Node;

/// <summary>Coordinators and nodes end; what trains goes on, and nothing is trained twice.</summary>
public sealed class OutlivedNodeTests
{
    private static readonly SweepPlan Plan = FakeExperiments.Plan(depths: 2);
    private static readonly ClusterTimings Timings = TestNode.Brisk with { ReturnTime = TestNode.Patience };

    private readonly MemoryFolders folders = new();
    private readonly Gate gate = new();
    private readonly TaskCompletionSource trained = new();

    private MemoryFolder Folder => folders["results/test"];

    [Fact]
    public async Task A_pack_that_trains_while_its_coordinator_dies_goes_on_under_the_next_one()
    {
        using var life = LifeOf(HeldAtTheEnd());
        await LoseCoordinatorAsync(life);
        await GoOnAsync(life, gate.Open);

        AssertTrainedOnce();
    }

    [Fact]
    public async Task A_pack_that_ends_while_there_is_no_coordinator_is_committed_by_the_next_one()
    {
        using var life = LifeOf(HeldAtTheEnd());
        await LoseCoordinatorAsync(life);
        gate.Open();
        await trained.Task.WaitAsync(TestNode.Patience, TestContext.Current.CancellationToken);
        await GoOnAsync(life, () => { });

        AssertTrainedOnce();
    }

    [Fact]
    public async Task A_worker_whose_node_is_removed_goes_on_with_the_coordinator_that_it_had()
    {
        using var life = LifeOf(HeldAtTheEnd());
        await using var coordinator = await CoordinatorAsync();
        var removed = await WorkerAsync(coordinator, life);
        var sweep = await coordinator.SubmitAsync(Plan);
        await gate.Reached();
        await removed.AbandonAsync();
        await using var next = await WorkerAsync(coordinator, life);
        gate.Open();

        Assert.Equal(SweepState.Completed, (await sweep.EndAsync()).State);
        AssertTrainedOnce();
    }

    [Fact]
    public async Task A_pack_of_which_more_was_measured_than_is_in_flight_is_streamed_again_from_its_first_chunk()
    {
        // 160 kB a step of 4 trials: the window is full before the end.
        var timings = Timings with { Window = 2 };
        using var life = LifeOf(HeldAtTheEnd(5_000));
        await LoseCoordinatorAsync(life, timings);
        await GoOnAsync(life, gate.Open, timings);

        AssertTrainedOnce();
    }

    /// <summary>Its node is abandoned with the coordinator's, which leaves the lease open in the journal.</summary>
    private async Task LoseCoordinatorAsync(WorkerLife life, ClusterTimings? timings = null)
    {
        var coordinator = await CoordinatorAsync(timings);
        var worker = await WorkerAsync(coordinator, life, timings);
        await coordinator.SubmitAsync(Plan);
        await gate.Reached();
        await coordinator.AbandonAsync();
        await worker.AbandonAsync();
        Assert.Equal([1L], OpenLeases.Of(Folder.Journal).Select(leased => leased.Lease));
    }

    private async Task GoOnAsync(WorkerLife life, Action whenThere, ClusterTimings? timings = null)
    {
        await using var coordinator = await CoordinatorAsync(timings);
        var sweep = await coordinator.SubmitAsync(Plan);
        await using var worker = await WorkerAsync(coordinator, life, timings);
        await sweep.UntilAsync(status => status.Workers.Any(known => known.Worker == "outlives") || status.Trials.Committed > 0);
        whenThere();
        Assert.Equal(SweepState.Completed, (await sweep.EndAsync()).State);
    }

    private void AssertTrainedOnce()
    {
        Assert.Empty(Folder.Journal.OfType<JournalEntry.AttemptEnded>());
        Assert.Equal(Plan.Packs.Length, Folder.Journal.OfType<JournalEntry.Leased>().Count());
        Folder.AssertHolds(Plan);
    }

    private FakeRunner HeldAtTheEnd(int width = 1) => new()
    {
        Width = width,
        OnStep = (_, step, cancellation) =>
        {
            if (step == 4)
            {
                gate.Pass(cancellation);
                trained.TrySetResult();
            }
        },
    };

    private static WorkerLife LifeOf(FakeRunner runner) => new(new WorkerDefinition("outlives", "cpu", "fake 1", () => runner));

    private Task<SweeperNode> CoordinatorAsync(ClusterTimings? timings = null) =>
        TestNode.StartAsync(TestNode.Options(folders, timings ?? Timings) with { Credential = TestNode.Credential });

    private Task<SweeperNode> WorkerAsync(SweeperNode coordinator, WorkerLife life, ClusterTimings? timings = null) =>
        TestNode.StartAsync(TestNode.Options(folders, timings ?? Timings) with
        {
            Folders = null, Lives = [life], Join = coordinator.Address, Credential = TestNode.Credential,
        });
}
