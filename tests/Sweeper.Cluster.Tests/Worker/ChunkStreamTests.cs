using CsCheck;
using Sweeper.Cluster.Worker;

namespace Sweeper.Cluster.Tests.Worker;

public sealed class ChunkStreamTests
{
    private static readonly byte[] Chunk = new byte[10];

    [Fact]
    public void A_full_window_holds_the_writer_up_until_an_acknowledgement()
    {
        var stream = new ChunkStream(window: 2, keptBytes: 1000);
        var written = 0;
        var writer = new Thread(() =>
        {
            for (var i = 0; i < 5; i++)
            {
                stream.Append(Chunk, CancellationToken.None);
                Interlocked.Increment(ref written);
            }
        });
        writer.Start();

        SpinWait.SpinUntil(() => (writer.ThreadState & ThreadState.WaitSleepJoin) != 0 && Volatile.Read(ref written) >= 2);
        Assert.Equal(2, written);
        stream.Acknowledge(0);
        SpinWait.SpinUntil(() => Volatile.Read(ref written) == 3);
        stream.Acknowledge(2);
        writer.Join();
        Assert.Equal(5, written);
    }

    [Fact]
    public void Cancellation_frees_a_writer_that_is_held_up()
    {
        using var cancel = new CancellationTokenSource();
        var stream = new ChunkStream(window: 1, keptBytes: 1000);
        stream.Append(Chunk, cancel.Token);
        cancel.CancelAfter(20);

        Assert.Throws<OperationCanceledException>(() => stream.Append(Chunk, cancel.Token));
    }

    [Fact]
    public void A_new_aggregator_gets_everything_from_the_beginning()
    {
        var stream = new ChunkStream(window: 3, keptBytes: 1000);
        for (var i = 0; i < 5; i++)
        {
            stream.Append(new[] { (byte)i }, CancellationToken.None);
            stream.TakeUnsent();
            stream.Acknowledge(i);
        }

        Assert.True(stream.IsAcknowledged);
        Assert.True(stream.Rewind(0));
        Assert.False(stream.IsAcknowledged);
        Assert.Equal([0, 1, 2], stream.TakeUnsent().Select(chunk => (int)chunk.Bytes.Span[0]));
        stream.Acknowledge(1);
        Assert.Equal([3, 4], stream.TakeUnsent().Select(chunk => chunk.Sequence));
    }

    [Fact]
    public void What_exceeds_the_memory_limit_is_forgotten_once_acknowledged()
    {
        var stream = new ChunkStream(window: 10, keptBytes: 20);
        for (var i = 0; i < 4; i++)
        {
            stream.Append(Chunk, CancellationToken.None);
        }

        Assert.True(stream.Rewind(0));
        stream.Acknowledge(3);
        Assert.False(stream.Rewind(0));
        Assert.True(stream.Rewind(2));
    }

    [Fact]
    public void No_more_than_the_window_is_under_way_whatever_arrives() =>
        Gen.Int[-3, 30].Select(Gen.Int[0, 3]).List[1, 60].Sample(events =>
        {
            var stream = new ChunkStream(window: 4, keptBytes: 1000);
            int count = 0, acknowledged = 0;
            foreach (var (number, kind) in events)
            {
                if (kind == 0 && count - acknowledged < 4)
                {
                    stream.Append(Chunk, CancellationToken.None);
                    count++;
                }
                else if (kind == 1)
                {
                    stream.Acknowledge(number);
                    acknowledged = Math.Clamp(number + 1, acknowledged, count);
                }
                else if (kind == 2)
                {
                    stream.SendAgain();
                }

                Assert.All(stream.TakeUnsent(), chunk => Assert.InRange(chunk.Sequence, acknowledged, Math.Min(acknowledged + 3, count - 1)));
            }

            Assert.Equal(count, stream.Count);
        }, iter: 500);
}
