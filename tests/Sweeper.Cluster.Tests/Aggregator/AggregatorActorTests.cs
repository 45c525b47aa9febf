using Akka.Actor;
using Akka.TestKit;
using Sweeper.Cluster.Aggregator;
using Sweeper.Cluster.Tests.Fakes;
using Sweeper.Cluster.Worker;
using Sweeper.Core.Journal;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Tests.Aggregator;

/// <summary>An aggregator between a probe as coordinator and a probe as worker.</summary>
public sealed class AggregatorActorTests : ActorTest
{
    private static readonly SweepPlan Plan = FakeExperiments.Plan(depths: 1);
    private static readonly LeaseId Lease = new("sweep", 1);
    private ISweepFolder? opened;

    [Fact]
    public void Lost_and_repeated_chunks_are_asked_for_and_acknowledged_until_the_segment_is_whole()
    {
        var (aggregator, coordinator, worker) = Start();
        var chunks = Chunks(width: 5_000);
        Assert.True(chunks.Count >= 6);
        Introduce(aggregator, coordinator, worker, chunks[0]);

        worker.Send(aggregator, chunks[0]);
        Assert.Equal(0, worker.Next<ChunkAck>().UpTo);
        worker.Send(aggregator, chunks[3]);
        Assert.Equal(1, worker.Next<ChunkResend>().From);
        worker.Send(aggregator, chunks[0]);
        Assert.Equal(0, worker.Next<ChunkAck>().UpTo);
        worker.Send(aggregator, new PackFinished(Lease, chunks.Count, [], 1));
        foreach (var chunk in chunks.Skip(1))
        {
            worker.Send(aggregator, chunk);
            Assert.Equal(chunk.Sequence, worker.Next<ChunkAck>().UpTo);
        }

        worker.Send(aggregator, new PackFinished(Lease, chunks.Count, [], 1));
        coordinator.Next<MayCommit>();
        aggregator.Tell(new CommitDecision(Lease, true), coordinator);
        Assert.Equal($"{Plan.Packs[0].Id}-0.parquet", coordinator.Next<Committed>().Segment);
        aggregator.Tell(new LeaseOver(Lease), coordinator);
        worker.Next<LeaseOver>();
        opened!.Dispose();
        Folder.AssertHolds(Plan);
    }

    [Fact]
    public void A_commit_that_is_not_granted_leaves_nothing_behind()
    {
        var (aggregator, coordinator, worker) = Start();
        var chunks = Chunks(width: 1);
        Introduce(aggregator, coordinator, worker, chunks[0]);
        chunks.ForEach(chunk => worker.Send(aggregator, chunk));
        worker.Send(aggregator, new PackFinished(Lease, chunks.Count, [], 1));
        coordinator.Next<MayCommit>();
        aggregator.Tell(new CommitDecision(Lease, false), coordinator);

        worker.Next<LeaseOver>();
        Assert.Equal((0, 0), (Folder.StagedCount, Folder.Published.Count));
    }

    [Fact]
    public void A_pack_without_all_its_rows_is_an_error_and_is_never_staged_for_commit()
    {
        var (aggregator, coordinator, worker) = Start();
        Introduce(aggregator, coordinator, worker, Chunks(width: 1)[0]);
        worker.Send(aggregator, new PackFinished(Lease, 0, [], 1));

        var failed = coordinator.Next<PackFailed>();
        Assert.Equal(FailureKind.Error, failed.Kind);
        Assert.Contains("has no loss at step 0", failed.Fault.Problem, StringComparison.Ordinal);
        worker.Next<LeaseOver>();
        Assert.Equal((0, 0), (Folder.StagedCount, Folder.Published.Count));
    }

    [Fact]
    public void A_lease_that_the_coordinator_does_not_know_is_over_for_the_worker()
    {
        var (aggregator, coordinator, worker) = Start();
        worker.Send(aggregator, Chunks(width: 1)[0]);
        coordinator.Next<DescribeLease>();
        aggregator.Tell(new LeaseOver(Lease), coordinator);

        Assert.Equal(Lease, worker.Next<LeaseOver>().Lease);
    }

    [Fact]
    public void A_question_that_was_lost_is_asked_again()
    {
        var (aggregator, coordinator, worker) = Start();
        worker.Send(aggregator, Chunks(width: 1)[0]);
        coordinator.Next<DescribeLease>();
        coordinator.Next<DescribeLease>();
    }

    [Fact]
    public void A_disk_that_refuses_is_storage_and_a_broken_stream_an_error()
    {
        var (aggregator, coordinator, worker) = Start();
        var chunk = Chunks(width: 1)[0];
        Introduce(aggregator, coordinator, worker, chunk);
        Folder.OnAppend = (_, _) => throw new IOException("No space left on device");
        worker.Send(aggregator, chunk);
        var failed = coordinator.Next<PackFailed>();
        Assert.Equal((FailureKind.Storage, "No space left on device"), (failed.Kind, failed.Fault.Problem));
        Assert.Equal(0, Folder.StagedCount);

        Introduce(aggregator, coordinator, worker, chunk);
        worker.Send(aggregator, chunk with { Bytes = new byte[] { 4, 0, 0, 0, 1, 2, 3, 4 } });
        Assert.Equal(FailureKind.Error, coordinator.Next<PackFailed>().Kind);
        Assert.Equal(0, Folder.StagedCount);
    }

    [Fact]
    public void Stopping_removes_what_is_staged()
    {
        var (aggregator, coordinator, worker) = Start();
        Introduce(aggregator, coordinator, worker, Chunks(width: 1)[0]);
        Assert.Equal(1, Folder.StagedCount);
        Watch(aggregator);
        Sys.Stop(aggregator);
        this.Next<Terminated>();

        Assert.Equal(0, Folder.StagedCount);
    }

    private (IActorRef Aggregator, TestProbe Coordinator, TestProbe Worker) Start()
    {
        var coordinator = CreateTestProbe();
        opened = Folder.Open();
        return (Sys.ActorOf(AggregatorActor.Props(coordinator, Plan, opened.Segments, Timings)), coordinator, CreateTestProbe());
    }

    private static void Introduce(IActorRef aggregator, TestProbe coordinator, TestProbe worker, Chunk first)
    {
        worker.Send(aggregator, first);
        coordinator.Next<DescribeLease>();
        aggregator.Tell(
            new PackLease(Lease, Plan.Packs[0], PositionBits.ToBits([0, 1, 2, 3], 4), 1, TimeSpan.FromSeconds(1), "", PackStart.Whole),
            coordinator);
        Assert.Equal(0, worker.Next<ChunkResend>().From);
    }

    private static List<Chunk> Chunks(int width)
    {
        using var stream = new ChunkStream(1000, long.MaxValue);
        var sink = new ChunkSink(stream, () => { }, CancellationToken.None);
        new FakeRunner { Width = width }.Run(Plan.WorkFor(Plan.Packs[0], (_, _) => true), sink, CancellationToken.None);
        sink.Flush();
        return [.. stream.TakeUnsent().Select(chunk => new Chunk(Lease, chunk.Sequence, chunk.Bytes))];
    }
}
