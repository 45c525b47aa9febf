using Akka.TestKit;
using Sweeper.Cluster.Coordinator;
using Sweeper.Cluster.Tests.Fakes;
using Sweeper.Core.Journal;

namespace Sweeper.Cluster.Tests.Coordinator;

/// <summary>What a coordinator does for many workers, and when most of them vanish.</summary>
public sealed class ManyWorkersTests : ActorTest
{
    private const int Workers = 1000;

    [Fact]
    public void Of_a_thousand_busy_workers_only_the_one_that_has_nothing_is_looked_at()
    {
        var register = new WorkerRegister(TimeSpan.FromSeconds(1));
        for (var number = 0; number < Workers; number++)
        {
            register.Heard(Ready($"worker-{number}"), CreateTestProbe().Ref, TimeSpan.Zero);
            register.IsBusy($"worker-{number}");
        }

        register.IsIdle("worker-500", "no pack is pending");
        Assert.Equal(["worker-500"], register.Idle);
    }

    [Fact]
    public void More_than_half_of_the_workers_vanish_at_once_and_the_coordinator_gives_their_packs_to_the_others()
    {
        var coordinator = CoordinatorOf(FakeExperiments.Plan(depths: 7));
        var probes = Enumerable.Range(0, 7).Select(_ => CreateTestProbe()).ToList();
        var leases = probes.Select((probe, number) => Lease(probe, $"worker-{number}")).ToList();
        foreach (var gone in probes.Take(4))
        {
            Sys.Stop(gone.Ref);
        }

        AwaitAssert(
            () =>
            {
                // The others are alive, and those that are gone have some time to come back.
                Clock.Advance(Timings.ReturnTime / 4);
                for (var number = 4; number < probes.Count; number++)
                {
                    probes[number].Send(coordinator, new LeaseRenewed(leases[number].Lease, $"worker-{number}", "life", PackStep.None));
                    probes[number].Next<LeaseKept>();
                }

                Assert.Equal(4, Folder.Journal.OfType<JournalEntry.AttemptEnded>().Count(ended => ended.Kind == FailureKind.Lost));
            },
            cancellationToken: TestContext.Current.CancellationToken);
        var again = Enumerable.Range(0, 4).Select(number => Lease(CreateTestProbe(), $"other-{number}").Pack);
        Assert.Equal(leases.Take(4).Select(lease => lease.Pack), again.OrderBy(pack => pack.First));

        PackLease Lease(TestProbe probe, string name)
        {
            probe.Send(coordinator, Ready(name));
            return probe.Next<PackLease>();
        }
    }

    [Fact]
    public void A_clock_that_leaps_a_day_loses_no_lease()
    {
        var coordinator = CoordinatorOf(FakeExperiments.Plan(depths: 1));
        var probe = CreateTestProbe();
        probe.Send(coordinator, Ready("a"));
        var lease = probe.Next<PackLease>().Lease;
        foreach (var leap in (double[])[1, -2])
        {
            Clock.Leap(TimeSpan.FromDays(leap));
            // Time goes on, too: less than a lease has.
            Clock.Advance(Timings.LeaseTime / 4);
            probe.Send(coordinator, new LeaseRenewed(lease, "a", "life", PackStep.None));
            probe.Next<LeaseKept>();
        }

        Assert.Empty(Folder.Journal.OfType<JournalEntry.AttemptEnded>());
    }
}
