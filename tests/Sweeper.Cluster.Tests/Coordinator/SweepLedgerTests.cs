using CsCheck;
using Sweeper.Cluster.Coordinator;
using Sweeper.Cluster.Status;
using Sweeper.Cluster.Tests.Fakes;
using Sweeper.Core.Journal;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Tests.Coordinator;

/// <summary>The ledger and its journal under everything that can happen to leases.</summary>
public sealed class SweepLedgerTests
{
    private static readonly SweepPlan Plan = FakeExperiments.Plan(depths: 4);

    [Fact]
    public void Whatever_happens_every_trial_ends_in_one_committed_pack_or_failed_with_a_cause() =>
        Gen.Select(Gen.Enum<Happening>(), Gen.Int[0, 3], Gen.Int[0, 2], Gen.Bool).List[0, 200].Sample(happenings =>
        {
            var world = new LedgerWorld(Plan);
            foreach (var (happening, back, worker, saves) in happenings)
            {
                // Mostly about leases of late, open or over; the first ones are asked for long after their end.
                world.Meet(happening, back == 3 ? 1 + worker : world.Ledger.History.LastLease - back, $"worker-{worker}", saves);
                world.AssertConserved();
            }

            world.Settle();
            SettledJournal.Check(Plan, world.Folder);
        }, iter: 300);

    [Fact]
    public void A_pack_that_comes_late_is_refused_while_its_trials_wait_while_they_are_trained_again_and_when_they_are_committed()
    {
        var world = new LedgerWorld(FakeExperiments.Plan(depths: 1));
        world.Meet(Happening.Ask, 0, "a");
        world.Meet(Happening.Silence, 0, "");
        void AssertRefused()
        {
            var before = world.Folder.Journal.Count;
            world.Meet(Happening.Finish, 1, "a");
            world.Meet(Happening.Publish, 1, "a");
            Assert.Equal((before, 0), (world.Folder.Journal.Count, world.Folder.StagedCount));
        }

        AssertRefused();
        world.Meet(Happening.Ask, 0, "b");
        AssertRefused();
        world.Meet(Happening.Finish, 2, "b");
        world.Meet(Happening.Publish, 2, "b");
        world.Meet(Happening.Report, 2, "b");
        AssertRefused();
        SettledJournal.Check(FakeExperiments.Plan(depths: 1), world.Folder);
    }

    [Fact]
    public void Counts_follow_a_pack_from_pending_to_committed()
    {
        var world = new LedgerWorld(Plan);
        Assert.Equal(new TrialCounts(16, 0, 0, 0, 16, 0), world.Ledger.Count());
        world.Meet(Happening.Ask, 0, "a");
        Assert.Equal(new TrialCounts(16, 0, 0, 0, 12, 4), world.Ledger.Count());
        world.Meet(Happening.Finish, 1, "a");
        world.Meet(Happening.Publish, 1, "a");
        world.Meet(Happening.Report, 1, "a");
        Assert.Equal(new TrialCounts(16, 4, 0, 0, 12, 0), world.Ledger.Count());
        world.Meet(Happening.CoordinatorDies, 0, "");
        Assert.Equal(new TrialCounts(16, 4, 0, 0, 12, 0), world.Ledger.Count());
        Assert.Equal((4, 1), world.Ledger.CountPacks());
    }

    [Fact]
    public void A_lease_that_is_over_renews_nothing()
    {
        var world = new LedgerWorld(Plan);
        world.Meet(Happening.Ask, 0, "a");
        Assert.NotNull(world.Ledger.Leases.Renew(1, "a", "life", new PackStep(1, 2, 3, []), TimeSpan.Zero));
        Assert.Null(world.Ledger.Leases.Renew(1, "a", "another life", new PackStep(1, 2, 3, []), TimeSpan.Zero));
        Assert.Null(world.Ledger.Leases.Renew(1, "b", "life", new PackStep(1, 2, 3, []), TimeSpan.Zero));
        world.Meet(Happening.Silence, 1, "a");
        Assert.Null(world.Ledger.Leases.Renew(1, "a", "life", new PackStep(1, 2, 3, []), TimeSpan.Zero));
    }

    [Fact]
    public void A_restart_takes_up_the_leases_that_were_given()
    {
        var world = new LedgerWorld(Plan);
        world.Meet(Happening.Ask, 0, "a");
        world.Meet(Happening.CoordinatorDies, 0, "");

        Assert.NotNull(world.Ledger.Leases.Renew(1, "a", "life", new PackStep(1, 2, 3, []), TimeSpan.Zero));
        Assert.Equal("a", Assert.Single(world.Ledger.Leases).Worker);
    }

    [Fact]
    public void No_run_gives_a_number_that_one_before_it_may_have_told_and_not_written()
    {
        var world = new LedgerWorld(Plan);
        world.Meet(Happening.Ask, 0, "a");
        Assert.Equal(1, world.Ledger.History.LastLease);

        // The second gives none, or none that reached the disk; and the third one does not know which.
        world.Meet(Happening.CoordinatorDies, 0, "");
        world.Meet(Happening.CoordinatorDies, 0, "");
        world.Meet(Happening.Ask, 0, "b");
        Assert.Equal(1 + 2 * SweepHistory.MostAhead + 1, world.Ledger.History.LastLease);
    }

    [Fact]
    public void A_segment_renamed_before_a_crash_is_committed_by_the_restart()
    {
        var world = new LedgerWorld(Plan);
        world.Meet(Happening.Ask, 0, "a");
        world.Meet(Happening.Finish, 1, "a");
        world.Meet(Happening.Publish, 1, "a");
        world.Meet(Happening.CoordinatorDies, 0, "");

        Assert.Equal(4, world.Ledger.Count().Committed);
        Assert.Empty(world.Ledger.Leases);
    }

    [Fact]
    public void A_grant_without_a_rename_goes_back_at_the_restart()
    {
        var world = new LedgerWorld(Plan);
        world.Meet(Happening.Ask, 0, "a");
        world.Meet(Happening.Finish, 1, "a");
        world.Meet(Happening.CoordinatorDies, 0, "");

        Assert.Equal(new TrialCounts(16, 0, 0, 0, 16, 0), world.Ledger.Count());
    }

    [Fact]
    public void A_pack_that_gets_on_is_not_blamed_for_the_workers_that_vanish_under_it()
    {
        var setup = new CoordinatorSetup(
            new MemoryFolders(), new FakeExperiments(), new MemorySubmissions(), new ClusterTimings(), new ManualClock(), "0.1.0");
        using var session = LedgerSession.Open(FakeExperiments.Plan(depths: 1), RunScope.All, "folder", setup);
        var ledger = session.Ledger;
        Lease Give()
        {
            session.Record(ledger.GiveTo("a", "fake", setup.At));
            return ledger.Leases.Find(ledger.History.LastLease)!;
        }

        void Lose() => session.Record(ledger.End(Give(), FailureKind.Lost, "gone", setup.At));
        for (var loss = 1; loss < LeasePolicy.MaximumLosses; loss++)
        {
            Lose();
        }

        var paused = new StagedSegment("pack-0-0.parquet", "staged", "hash", 1, 1)
        {
            Checkpoint = new StagedCheckpoint("pack-0-0.checkpoint", "staged", "hash", 1, 5),
        };
        var lease = Give();
        session.Record(ledger.Grant(lease, paused, [], 1));
        session.Record(SweepLedger.Commit(ledger.Leases.Find(lease.Number)!.Granted!, setup.At));
        Lose();

        Assert.Equal(0, ledger.Count().Failed);
    }
}
