using Akka.Actor;
using Sweeper.Cluster.Coordinator;
using Sweeper.Cluster.Machines;
using Sweeper.Cluster.Tests.Fakes;

namespace Sweeper.Cluster.Tests.Coordinator;

/// <summary>Two workers that were started with one name: the later one works, and the earlier one again when that is gone.</summary>
public sealed class DisplacedWorkerTests : ActorTest
{
    private readonly CoordinatorMachine machine = new(new FakeExperiments(), Timings);

    [Fact]
    public void Whoever_was_displaced_joins_again_when_the_later_one_is_gone()
    {
        var (earlier, later) = (CreateTestProbe().Ref, CreateTestProbe().Ref);
        Assert.Equal("no sweep is running", Ask(earlier, "first"));
        Assert.Equal("no sweep is running", Ask(later, "second"));
        Assert.Contains("another worker came under the name 'a'", Ask(earlier, "first"), StringComparison.Ordinal);

        machine.On(new ActorGone(later), ActorRefs.Nobody, Moment.Of(Clock));
        Assert.Equal("no sweep is running", Ask(earlier, "first"));
    }

    [Fact]
    public void Silence_for_a_lease_time_counts_as_gone_and_the_later_one_is_the_later_one_again_when_it_comes_back()
    {
        var (earlier, later) = (CreateTestProbe().Ref, CreateTestProbe().Ref);
        Ask(earlier, "first");
        Ask(later, "second");
        Clock.Advance(Timings.LeaseTime);
        machine.On(Look.Instance, ActorRefs.Nobody, Moment.Of(Clock));
        Assert.Contains("another worker came", Ask(earlier, "first"), StringComparison.Ordinal);
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        machine.On(Look.Instance, ActorRefs.Nobody, Moment.Of(Clock));
        Assert.Equal("no sweep is running", Ask(earlier, "first"));

        Assert.Equal("no sweep is running", Ask(later, "second"));
        Assert.Contains("another worker came", Ask(earlier, "first"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_later_one_had_is_trained_by_the_earlier_one()
    {
        var coordinator = CoordinatorOf(FakeExperiments.Plan(depths: 1));
        var (earlier, later) = (CreateTestProbe(), CreateTestProbe());
        earlier.Send(coordinator, Ready("a", "first"));
        var pack = earlier.Next<PackLease>().Pack;
        later.Send(coordinator, Ready("a", "second"));
        var lease = later.Next<PackLease>();
        earlier.Send(coordinator, Ready("a", "first"));
        earlier.Next<NothingNow>();

        Sys.Stop(later.Ref);
        AwaitAssert(
            () =>
            {
                earlier.Send(coordinator, Ready("a", "first"));
                var answer = earlier.Next<object>(told => told is PackLease or NothingNow);
                Assert.Equal((pack, true), answer is PackLease given ? (given.Pack, given.Lease.Number > lease.Lease.Number) : default);
            },
            cancellationToken: TestContext.Current.CancellationToken);
    }

    /// <summary>Asks for work: why there is none.</summary>
    private string Ask(IActorRef worker, string incarnation) =>
        machine.On(Ready("a", incarnation), worker, Moment.Of(Clock)).OfType<Effect.Tell>()
            .Where(told => told.To.Equals(worker)).Select(told => Assert.IsType<NothingNow>(told.Message).Reason).Single();
}
