using Sweeper.Core.Journal;
using Sweeper.Core.Packing;
using Sweeper.Inspecting;
using Sweeper.Tests.Results;
using Xunit;

namespace Sweeper.Tests.Running;

public class SweepLogsTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_the_logs_that_sweeps_of_a_cluster_share_those_lines_are_found_that_name_a_pack_of_this_one()
    {
        using var temporary = new TemporaryFolder();
        Directory.CreateDirectory(temporary.In("results/mine"));
        Directory.CreateDirectory(temporary.In("results/logs"));
        File.WriteAllLines(temporary.In("results/logs/coordinator-20260101-000000.jsonl"), [Line("mine-1", "w"), Line("other-1", "w")]);
        File.WriteAllLines(temporary.In("results/logs/worker-w-20260101-000000.jsonl"), [Line("other-1", "w"), Line("mine-1", "w")]);

        var logs = new SweepLogs(Folder(temporary, new JournalEntry.Leased(new PackId("mine-1"), 1, "w", 1, At)));

        Assert.Equal(["coordinator", "worker-w"], logs.Read().Select(line => line.Process));
        Assert.All(logs.Read(), line => Assert.Equal("lease 1: pack mine-1 to w", line.Message));
        Assert.Equal([temporary.In("results/logs/worker-w-20260101-000000.jsonl")], logs.FilesOf("w"));
    }

    [Fact]
    public void A_status_says_how_the_last_attempt_ended_until_something_is_committed()
    {
        var pack = new PackId("mine-1");
        JournalEntry ended = new JournalEntry.AttemptEnded(pack, 1, FailureKind.Storage, "the disk is full", At);
        JournalEntry leased = new JournalEntry.Leased(pack, 2, "w", 1, At);
        JournalEntry committed = new JournalEntry.Committed(pack, 2, "mine-1-2.parquet", At);

        Assert.Equal(new EarlyEnd("mine-1", "the disk is full", At), EarlyEnd.Last([ended, leased]));
        Assert.Null(EarlyEnd.Last([ended, leased, committed]));
        Assert.Null(EarlyEnd.Last([leased]));
    }

    private static OpenedFolder Folder(TemporaryFolder temporary, params JournalEntry[] entries) => new(
        temporary.In("results/mine"), SyntheticSweep.Plan(),
        [new JournalEntry.Opened("host", 1, "0.1.0", At, Cluster: temporary.In("results/cluster.json")), .. entries]);

    private static string Line(string pack, string worker) =>
        """{"@t":"2026-01-01T00:00:00Z","@mt":"lease {Lease}: """
        + $$"""pack {Pack} to {Worker}","Lease":1,"Pack":"{{pack}}","Worker":"{{worker}}"}""";
}
