using System.Collections.Immutable;
using Akka.Actor;
using Sweeper.Cluster.Tests.Fakes;
using Sweeper.Core.Journal;

namespace Sweeper.Cluster.Tests.Coordinator;

/// <summary>Who was away for a while, and what becomes of leases meanwhile.</summary>
public sealed class ReturningWorkerTests : ActorTest
{
    [Fact]
    public void A_coordinator_that_slept_takes_no_lease_for_what_it_did_not_hear()
    {
        var coordinator = CoordinatorOf(FakeExperiments.Plan(depths: 1));
        var worker = CreateTestProbe();
        worker.Send(coordinator, Ready("a"));
        var lease = worker.Next<PackLease>().Lease;
        Clock.Advance(TimeSpan.FromHours(1));

        // It forgets who was silent when it looks at its leases.
        AwaitAssert(() => Assert.Empty(WorkersOf(coordinator)), cancellationToken: TestContext.Current.CancellationToken);
        worker.Send(coordinator, new LeaseRenewed(lease, "a", "life", PackStep.None));
        Assert.Equal(lease, worker.Next<LeaseKept>().Lease);
        Assert.Empty(Folder.Journal.OfType<JournalEntry.AttemptEnded>());
    }

    [Fact]
    public void A_worker_whose_node_is_gone_keeps_its_lease_if_it_comes_back_in_time_and_loses_it_else()
    {
        var coordinator = CoordinatorOf(FakeExperiments.Plan(depths: 1));
        var (before, after) = (CreateTestProbe(), CreateTestProbe());
        before.Send(coordinator, Ready("a"));
        var lease = before.Next<PackLease>().Lease;
        Stop(before.Ref);
        after.Send(coordinator, new LeaseRenewed(lease, "a", "life", PackStep.None));
        Assert.Equal(lease, after.Next<LeaseKept>().Lease);
        Clock.Advance(Timings.ReturnTime + TimeSpan.FromMilliseconds(1));
        after.Send(coordinator, new LeaseRenewed(lease, "a", "life", PackStep.None));
        Assert.Equal(lease, after.Next<LeaseKept>().Lease);
        Assert.Empty(Folder.Journal.OfType<JournalEntry.AttemptEnded>());

        Stop(after.Ref);
        Clock.Advance(Timings.ReturnTime + TimeSpan.FromMilliseconds(1));
        AwaitAssert(
            () => Assert.Equal((1, FailureKind.Lost),
                Folder.Journal.OfType<JournalEntry.AttemptEnded>().Select(ended => (ended.Lease, ended.Kind)).Single()),
            cancellationToken: TestContext.Current.CancellationToken);

        void Stop(IActorRef gone)
        {
            Sys.Stop(gone);
            AwaitAssert(() => Assert.Empty(WorkersOf(coordinator)), cancellationToken: TestContext.Current.CancellationToken);
        }
    }

    private ImmutableArray<string> WorkersOf(IActorRef coordinator)
    {
        coordinator.Tell(new DrainWorkers(["nobody"]), TestActor);
        return this.Next<WorkersThere>().Names;
    }
}
