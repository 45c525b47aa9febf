using Akka.Actor;
using Sweeper.Cluster.Status;
using Sweeper.Cluster.Tests.Fakes;
using Sweeper.Cluster.Worker;
using Sweeper.Core.Journal;
using Sweeper.Core.Ports;

namespace Sweeper.Cluster.Tests.Worker;

/// <summary>Workers and a coordinator with bad lines, slow disks and little memory between them.</summary>
public sealed class WorkerActorTests : ActorTest
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_sweep_finishes_whole_when_messages_are_lost_and_doubled(int seed)
    {
        var plan = FakeExperiments.Plan(depths: 4);
        var coordinator = CoordinatorOf(plan);
        for (var i = 0; i < 2; i++)
        {
            var link = Sys.ActorOf(Props.Create(() => new LossyLink(coordinator, 10 * seed + i, 0.25)));
            StartWorker($"worker-{i}", link, new FakeRunner { Width = 5_000 }, Timings);
        }

        Assert.Equal(SweepState.Completed, EndOf(coordinator).State);
        Folder.AssertHolds(plan);
    }

    [Fact]
    public void A_slow_aggregator_holds_training_up_at_the_window()
    {
        const int width = 16_000; // 512 kB a step of 4 trials: 8 chunks
        long measured = 0, stored = 0, largest = 0;
        var timings = Timings with { Window = 16 };
        Folder.OnAppend = (_, _) =>
        {
            Thread.Sleep(10);
            Interlocked.Increment(ref stored);
        };
        var plan = FakeExperiments.Parse("""
            sweep: test
            experiment: fake
            fixed: { steps: 40 }
            grid: { lr: [0.1, 0.2] }
            seeds: 2
            measure: [ { at: { every: 1 }, metrics: [loss] } ]
            """);
        var coordinator = CoordinatorOf(plan, timings);
        StartWorker("worker", coordinator, new FakeRunner
        {
            Width = width,
            OnStep = (_, _, _) => largest = Math.Max(largest, ++measured - Interlocked.Read(ref stored)),
        }, timings);

        Assert.Equal(SweepState.Completed, EndOf(coordinator).State);
        Assert.Equal((41, 41), (measured, stored));
        // A window of 16 chunks holds two steps; one more is being cut, one being stored, one being measured.
        Assert.InRange(largest, 2, 5);
        Folder.AssertHolds(plan);
    }

    [Fact]
    public void A_pack_that_measured_more_than_is_kept_is_trained_again_for_a_new_aggregator()
    {
        var removed = false;
        var plan = FakeExperiments.Plan(depths: 1);
        var timings = Timings with { Window = 1, KeptBytes = 1 };
        var coordinator = CoordinatorOf(plan, timings);
        Folder.OnAppend = (_, block) =>
        {
            if (block.Step == 3 && !removed)
            {
                removed = true;
                Sys.ActorSelection(coordinator.Path / "sweep-*" / "aggregator-*").Tell(Kill.Instance);
            }
        };
        StartWorker("worker", coordinator, new FakeRunner { Width = 5_000 }, timings);

        Assert.Equal(SweepState.Completed, EndOf(coordinator).State);
        Assert.Equal([FailureKind.Lost], Folder.Journal.OfType<JournalEntry.AttemptEnded>().Select(ended => ended.Kind));
        Folder.AssertHolds(plan);
    }

    [Fact]
    public void Packs_are_trained_on_one_thread_that_is_not_the_pools()
    {
        var threads = new HashSet<(int Id, bool IsPool)>();
        var coordinator = CoordinatorOf(FakeExperiments.Plan(depths: 3));
        StartWorker("worker", coordinator, new FakeRunner
        {
            OnStep = (_, _, _) => threads.Add((Environment.CurrentManagedThreadId, Thread.CurrentThread.IsThreadPoolThread)),
        }, Timings);
        EndOf(coordinator);

        Assert.False(Assert.Single(threads).IsPool);
    }

    [Fact]
    public void A_runner_that_cannot_be_made_fails_packs_and_not_the_worker()
    {
        var coordinator = CoordinatorOf(FakeExperiments.Plan(depths: 4));
        StartWorker("worker", coordinator, () => throw new InvalidOperationException("no device"), Timings);
        var status = EndOf(coordinator);

        Assert.Equal(SweepState.Paused, status.State);
        Assert.Contains("no device", status.Fault!.Problem);
    }

    private void StartWorker(string name, IActorRef coordinator, IPackRunner runner, ClusterTimings timings) =>
        StartWorker(name, coordinator, () => runner, timings);

    private void StartWorker(string name, IActorRef coordinator, Func<IPackRunner> runner, ClusterTimings timings)
    {
        // It ends with the tests: its thread is one of the background.
        var life = new WorkerLife(new WorkerDefinition(name, "cpu", "fake 1", runner));
        Sys.ActorOf(Props.Create(() => new WorkerActor(life, coordinator, new FakeExperiments(), "0.1.0", timings)));
    }

    private SweepStatus EndOf(IActorRef coordinator)
    {
        SweepStatus? status = null;
        AwaitCondition(
            () =>
            {
                coordinator.Tell(new GetStatus("submission"), TestActor);
                return (status = this.Next<SweepStatus>()).IsFinal;
            },
            TestNode.Patience, TimeSpan.FromMilliseconds(20), "the sweep ends", TestContext.Current.CancellationToken);
        return status!;
    }
}
