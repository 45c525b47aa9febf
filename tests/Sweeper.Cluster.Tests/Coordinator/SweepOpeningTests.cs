using Sweeper.Cluster.Coordinator;
using Sweeper.Cluster.Tests.Fakes;
using Sweeper.Core.Journal;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Tests.Coordinator;

/// <summary>What a coordinator takes up, and leaves, in a folder.</summary>
public sealed class SweepOpeningTests
{
    private static readonly SweepPlan Plan = FakeExperiments.Plan(depths: 3);
    private readonly MemoryFolders folders = new();

    [Fact]
    public void The_journal_says_what_a_run_is_about()
    {
        using (Open(new RunScope("depth == 2", 3)))
        {
        }

        Assert.Equal(new RunScope("depth == 2", 3), LatestRun().GetScope());

        using (var all = Open(RunScope.All))
        {
            all.Record(all.Ledger.GiveTo("worker", "fake", default));
            all.Save();
        }

        Assert.Equal(RunScope.All, LatestRun().GetScope());
    }

    [Theory]
    [InlineData(true, 0, 2)]
    [InlineData(false, 0, 3)]
    [InlineData(false, 1, 2)]
    public void Packs_of_a_run_before_wait_only_for_workers_that_can_come_back(bool workersReturn, int openedHere, int pending)
    {
        using (var before = Open(RunScope.All))
        {
            before.Record(before.Ledger.GiveTo("worker", "fake", default));
            before.Save();
        }

        if (openedHere == 0)
        {
            using var elsewhere = folders["folder"].Open();
            elsewhere.Journal.Append(new JournalEntry.Opened("elsewhere", 1, "0.1.0", default));
        }

        using var session = Open(RunScope.All, workersReturn);

        Assert.Equal((pending, 3 - pending), (session.Ledger.Pending.Count(), session.Ledger.Leases.Count));
        Assert.Equal(3 - pending, OpenLeases.Of(folders["folder"].Journal).Count);
    }

    [Fact]
    public void Packs_that_a_coordinator_of_another_version_gave_begin_anew()
    {
        using (var before = Open(RunScope.All, version: "0.0.9"))
        {
            before.Record(before.Ledger.GiveTo("worker", "fake", default));
            before.Save();
        }

        using var session = Open(RunScope.All);
        Assert.Equal((3, 0), (session.Ledger.Pending.Count(), session.Ledger.Leases.Count));
        Assert.Empty(OpenLeases.Of(folders["folder"].Journal));
    }

    private JournalEntry.Opened LatestRun() => SweepHistory.Fold(folders["folder"].Journal).LatestRun!;

    private LedgerSession Open(RunScope scope, bool workersReturn = true, string version = "0.1.0") => LedgerSession.Open(
        Plan, scope, "folder",
        new CoordinatorSetup(folders, new FakeExperiments(), new MemorySubmissions(), new ClusterTimings(), new ManualClock(), version)
        {
            WorkersReturn = workersReturn,
        });
}
