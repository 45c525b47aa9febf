using Akka.Actor;
using Sweeper.Cluster.Status;
using Sweeper.Cluster.Tests.Fakes;
using Sweeper.Core.Journal;
using Sweeper.Core.Ports;

namespace Sweeper.Cluster.Tests.Coordinator;

/// <summary>A coordinator's answers, one message at a time.</summary>
public sealed class CoordinatorActorTests : ActorTest
{
    private static readonly StagedSegment Segment = new("name", "staged", "hash", 1, 1);

    [Fact]
    public void A_silent_worker_loses_its_pack_and_whatever_it_says_later_is_refused()
    {
        var coordinator = CoordinatorOf(FakeExperiments.Plan(depths: 1));
        var (silent, other) = (CreateTestProbe(), CreateTestProbe());
        silent.Send(coordinator, Ready("silent"));
        var lost = silent.Next<PackLease>();
        AwaitAssert(() =>
        {
            // In steps: a coordinator that misses much at once takes it for its own sleep.
            Clock.Advance(Timings.LeaseTime / 4);
            Assert.NotEmpty(Folder.Journal.OfType<JournalEntry.AttemptEnded>());
        }, cancellationToken: TestContext.Current.CancellationToken);
        other.Send(coordinator, Ready("other"));
        Assert.Equal(lost.Lease with { Number = 2 }, other.Next<PackLease>().Lease);

        silent.Send(coordinator, new LeaseRenewed(lost.Lease, "silent", "life", new PackStep(1, 2, 3, [])));
        silent.Next<LeaseOver>(over => over.Lease == lost.Lease);
        silent.Send(coordinator, new MayCommit(lost.Lease, Segment, [], 1));
        Assert.False(silent.Next<CommitDecision>().Granted);
        silent.Send(coordinator, new PackFailed(lost.Lease, FailureKind.Error, new Fault(Core.Errors.ExitCode.Internal, "late")));
        silent.Next<LeaseOver>(over => over.Lease == lost.Lease);
        Assert.Equal([FailureKind.Lost], Folder.Journal.OfType<JournalEntry.AttemptEnded>().Select(ended => ended.Kind));
    }

    [Fact]
    public void A_worker_that_asks_again_gets_the_same_lease_again()
    {
        var coordinator = CoordinatorOf(FakeExperiments.Plan(depths: 2));
        var worker = CreateTestProbe();
        worker.Send(coordinator, Ready("a"));
        var first = worker.Next<PackLease>();
        worker.Send(coordinator, Ready("a"));
        var second = worker.Next<PackLease>();
        Assert.Equal((first.Lease, first.Pack), (second.Lease, second.Pack));
        Assert.Equal([0b1111], second.Wanted.ToArray());
        Assert.Single(Folder.Journal.OfType<JournalEntry.Leased>());
    }

    [Fact]
    public void A_worker_that_began_anew_gets_a_new_lease_and_its_old_one_is_over()
    {
        var coordinator = CoordinatorOf(FakeExperiments.Plan(depths: 1));
        var worker = CreateTestProbe();
        worker.Send(coordinator, Ready("a", "first life"));
        Assert.Equal(1, worker.Next<PackLease>().Lease.Number);
        worker.Send(coordinator, Ready("a", "second life"));

        Assert.Equal(2, worker.Next<PackLease>().Lease.Number);
    }

    [Fact]
    public void Of_two_workers_with_one_name_the_later_one_stays_and_the_other_is_told()
    {
        var coordinator = CoordinatorOf(FakeExperiments.Plan(depths: 2));
        var (earlier, later) = (CreateTestProbe(), CreateTestProbe());
        earlier.Send(coordinator, Ready("a", "first"));
        earlier.Next<PackLease>();
        later.Send(coordinator, Ready("a", "second"));
        var lease = later.Next<PackLease>().Lease;
        earlier.Send(coordinator, Ready("a", "first"));

        Assert.Contains("a --name of its own", earlier.Next<NothingNow>().Reason, StringComparison.Ordinal);
        later.Send(coordinator, Ready("a", "second"));
        Assert.Equal(lease, later.Next<PackLease>().Lease);
        Assert.Single(Folder.Journal.OfType<JournalEntry.AttemptEnded>());
    }

    [Fact]
    public void What_a_replaced_worker_still_says_and_its_death_touch_nothing_of_the_one_that_has_its_name()
    {
        var coordinator = CoordinatorOf(FakeExperiments.Plan(depths: 2));
        var (earlier, later) = (CreateTestProbe(), CreateTestProbe());
        earlier.Send(coordinator, Ready("a", "first"));
        var old = earlier.Next<PackLease>().Lease;
        later.Send(coordinator, Ready("a", "second"));
        var lease = later.Next<PackLease>().Lease;

        earlier.Send(coordinator, new LeaseRenewed(old, "a", "first", PackStep.None));
        Assert.Equal(old, earlier.Next<LeaseOver>().Lease);
        earlier.Send(coordinator, new WorkerLeaves("a", "first"));
        Sys.Stop(earlier.Ref);
        later.Send(coordinator, new LeaseRenewed(lease, "a", "second", PackStep.None));
        Assert.Equal(lease, later.Next<LeaseKept>().Lease);
        later.Send(coordinator, new PackFailed(lease, FailureKind.Drained, new Fault(Core.Errors.ExitCode.Preempted, "given back")));
        later.Next<LeaseOver>();
        later.Send(coordinator, Ready("a", "second"));
        later.Next<PackLease>();
        AwaitAssert(() => Assert.Equal(3, Folder.Journal.OfType<JournalEntry.Leased>().Count()),
            cancellationToken: TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_commit_is_granted_once_in_the_journal_however_often_it_is_asked_for()
    {
        var coordinator = CoordinatorOf(FakeExperiments.Plan(depths: 1));
        var probe = CreateTestProbe();
        probe.Send(coordinator, Ready("a"));
        var lease = probe.Next<PackLease>().Lease;
        for (var i = 0; i < 3; i++)
        {
            probe.Send(coordinator, new MayCommit(lease, Segment, [new Divergence(1, 7)], 2.5));
            Assert.True(probe.Next<CommitDecision>().Granted);
        }

        var granted = Assert.Single(Folder.Journal.OfType<JournalEntry.CommitGranted>());
        Assert.Equal((4, "a", 2.5), (granted.Content.Trials.Length, granted.Content.Worker, granted.Content.WallSeconds));
        Assert.Equal(new DivergedTrial(FakeExperiments.Plan(depths: 1).TrialAt(1).Id, 7), Assert.Single(granted.Content.Diverged));
    }

    [Fact]
    public void Every_grant_is_on_disk_before_it_is_said_and_so_is_with_what_a_sweep_is_computed()
    {
        var said = new List<string>();
        var coordinator = CoordinatorOf(FakeExperiments.Plan(depths: 1));
        Folder.OnJournal = entry => said.Add(entry.GetType().Name);
        var probe = CreateTestProbe();
        probe.Send(coordinator, Ready("a"));
        var lease = probe.Next<PackLease>().Lease;
        Assert.Equal(["NumericsFrozen", "Leased"], said);
        probe.Send(coordinator, new MayCommit(lease, Segment, [], 1));
        probe.Next<CommitDecision>();
        Assert.Equal("CommitGranted", said[^1]);
    }

    [Fact]
    public void A_commit_and_the_next_lease_wait_for_no_sync_and_the_last_commit_is_on_disk_before_files_are_derived()
    {
        var coordinator = CoordinatorOf(FakeExperiments.Plan(depths: 2));
        var atDeriving = -1;
        Folder.OnDerive = () => Volatile.Write(ref atDeriving, Folder.Journal.OfType<JournalEntry.Committed>().Count());
        var probe = CreateTestProbe();
        probe.Send(coordinator, Ready("a"));
        var first = probe.Next<PackLease>().Lease;
        var before = Folder.Syncs;
        Commit(first);
        probe.Send(coordinator, Ready("a"));
        var second = probe.Next<PackLease>().Lease;
        Assert.InRange(Folder.Syncs - before, 1, 2);
        AwaitAssert(
            () => Assert.Equal(["CommitGranted", "Committed", "Leased"], Folder.Journal.Select(entry => entry.GetType().Name).TakeLast(3)),
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(2, Folder.Syncs - before);
        Commit(second);
        AwaitAssert(() => Assert.Equal(2, Volatile.Read(ref atDeriving)), cancellationToken: TestContext.Current.CancellationToken);

        void Commit(LeaseId lease)
        {
            probe.Send(coordinator, new MayCommit(lease, Segment, [], 1));
            probe.Next<CommitDecision>();
            probe.Send(coordinator, new Committed(lease, Segment.Name));
        }
    }

    [Fact]
    public void What_is_decided_while_the_disk_is_busy_is_synced_together()
    {
        var coordinator = CoordinatorOf(FakeExperiments.Plan(depths: 8));
        using var isFree = new ManualResetEventSlim();
        Folder.OnJournal = _ => isFree.Wait(TestContext.Current.CancellationToken);
        var before = Folder.Syncs;
        var probes = Enumerable.Range(0, 8).Select(_ => CreateTestProbe()).ToList();
        probes[0].Send(coordinator, Ready("worker-0"));
        AwaitAssert(() => Assert.Equal(before + 1, Folder.Syncs), cancellationToken: TestContext.Current.CancellationToken);
        for (var worker = 1; worker < probes.Count; worker++)
        {
            probes[worker].Send(coordinator, Ready($"worker-{worker}"));
        }

        // It decides, and answers, while the disk is busy.
        AwaitAssert(() => Assert.Equal(8, StatusOf(coordinator, "submission").Running.Length),
            cancellationToken: TestContext.Current.CancellationToken);
        var ahead = probes[1..].Select(probe => probe.Next<PackLease>().Lease.Number).ToList();
        isFree.Set();
        Assert.Equal(8, ahead.Append(probes[0].Next<PackLease>().Lease.Number).Distinct().Count());
        AwaitAssert(() => Assert.Equal((8, before + 2), (Folder.Journal.OfType<JournalEntry.Leased>().Count(), Folder.Syncs)),
            cancellationToken: TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_grant_that_a_full_disk_refused_is_said_to_nobody_and_a_lease_is_taken_back()
    {
        var coordinator = CoordinatorOf(FakeExperiments.Plan(depths: 2));
        var (served, refused) = (CreateTestProbe(), CreateTestProbe());
        served.Send(coordinator, Ready("served"));
        var lease = served.Next<PackLease>().Lease;
        Folder.OnJournal = _ => throw new IOException("No space left on device");
        refused.Send(coordinator, Ready("refused"));
        var ahead = refused.Next<PackLease>().Lease;
        served.Send(coordinator, new MayCommit(lease, Segment, [], 1));

        Assert.Equal(lease, served.ExpectMsg<LeaseOver>(TestNode.Patience, cancellationToken: TestContext.Current.CancellationToken).Lease);
        Assert.Equal(
            ahead, refused.ExpectMsg<LeaseOver>(TestNode.Patience, cancellationToken: TestContext.Current.CancellationToken).Lease);
        Assert.Single(Folder.Journal.OfType<JournalEntry.Leased>());
    }

    [Fact]
    public void A_lease_of_another_sweep_is_over_even_when_its_number_is_in_use()
    {
        var coordinator = CoordinatorOf(FakeExperiments.Plan(depths: 1));
        var probe = CreateTestProbe();
        probe.Send(coordinator, Ready("a"));
        var lease = probe.Next<PackLease>().Lease;
        probe.Send(coordinator, new LeaseRenewed(lease with { Sweep = "0123456789abcdef" }, "a", "life", new PackStep(1, 2, 3, [])));

        Assert.Equal("0123456789abcdef", probe.Next<LeaseOver>().Lease.Sweep);
    }

    [Fact]
    public void A_worker_of_another_build_waits()
    {
        var coordinator = CoordinatorOf(FakeExperiments.Plan(depths: 1));
        var probe = CreateTestProbe();
        probe.Send(coordinator, Ready("a") with { Version = "9.9.9" });

        Assert.Contains("9.9.9", probe.Next<NothingNow>().Reason);
    }

    [Fact]
    public void Two_sweeps_take_turns_and_one_that_has_nothing_left_is_passed_over()
    {
        var coordinator = CoordinatorOf(FakeExperiments.Plan(depths: 3));
        coordinator.Tell(Submit("other", FakeExperiments.Plan(depths: 1), "results/other"), TestActor);
        this.Next<SweepAccepted>(accepted => accepted.Submission == "other");
        var sweeps = Enumerable.Range(0, 4).Select(place =>
        {
            var probe = CreateTestProbe();
            probe.Send(coordinator, Ready($"worker-{place}"));
            return probe.Next<PackLease>().Lease.Sweep;
        }).ToList();

        Assert.Equal([sweeps[0], sweeps[1], sweeps[0], sweeps[0]], sweeps);
        Assert.NotEqual(sweeps[0], sweeps[1]);
    }

    [Fact]
    public void A_sweep_that_is_stopped_leaves_the_other_one_alone()
    {
        var coordinator = CoordinatorOf(FakeExperiments.Plan(depths: 2));
        coordinator.Tell(Submit("other", FakeExperiments.Plan(depths: 2), "results/other"), TestActor);
        this.Next<SweepAccepted>(accepted => accepted.Submission == "other");
        coordinator.Tell(new DrainSweep("submission"), TestActor);
        AwaitAssert(() => Assert.Equal(SweepState.Stopped, StatusOf(coordinator, "submission").State),
            cancellationToken: TestContext.Current.CancellationToken);
        var probe = CreateTestProbe();
        probe.Send(coordinator, Ready("a"));
        probe.Next<PackLease>();

        Assert.Equal((SweepState.Running, 4L), (StatusOf(coordinator, "other").State, StatusOf(coordinator, "other").Trials.Running));
    }

    [Fact]
    public void A_sweep_is_kept_for_the_next_coordinator_until_it_ends_and_one_that_is_refused_is_not()
    {
        var coordinator = CoordinatorOf(FakeExperiments.Plan(depths: 1));
        Assert.Equal(["submission"], Submissions.Load().Select(kept => kept.Id));
        using (Folders["results/other"].Open())
        {
            coordinator.Tell(Submit("refused", FakeExperiments.Plan(depths: 1), "results/other"), TestActor);
            this.Next<SweepRefused>();
        }

        Assert.Equal(["submission"], Submissions.Load().Select(kept => kept.Id));
        coordinator.Tell(new DrainSweep("submission"), TestActor);
        AwaitAssert(() => Assert.Empty(Submissions.Load()), cancellationToken: TestContext.Current.CancellationToken);
    }
    private SweepStatus StatusOf(IActorRef coordinator, string submission)
    {
        coordinator.Tell(new GetStatus(submission), TestActor);
        return this.Next<SweepStatus>(status => status.Submission == submission);
    }
}
