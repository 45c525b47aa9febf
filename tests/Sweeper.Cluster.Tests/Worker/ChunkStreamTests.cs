using System.Runtime.CompilerServices;
using CsCheck;
using Sweeper.Cluster.Worker;

namespace Sweeper.Cluster.Tests.Worker;

public sealed class ChunkStreamTests
{
    private static readonly byte[] Chunk = new byte[10];

    [Fact]
    public void A_full_window_holds_the_writer_up_until_an_acknowledgement()
    {
        using var stream = new ChunkStream(window: 2, keptBytes: 1000);
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
        using var stream = new ChunkStream(window: 1, keptBytes: 1000);
        stream.Append(Chunk, cancel.Token);
        cancel.CancelAfter(20);

        Assert.Throws<OperationCanceledException>(() => stream.Append(Chunk, cancel.Token));
    }

    [Fact]
    public void A_new_aggregator_gets_everything_from_the_beginning()
    {
        using var stream = new ChunkStream(window: 3, keptBytes: 1000);
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
    public void Of_a_thousand_acknowledged_chunks_a_window_is_in_memory_and_all_can_be_sent_again()
    {
        const int Window = 4;
        const int Chunks = 1000;
        using var stream = new ChunkStream(Window, keptBytes: long.MaxValue);
        var handed = Enumerable.Range(0, Chunks).Select(number => Append(stream, number)).ToList();
        GC.Collect();
        Assert.InRange(handed.Count(chunk => chunk.IsAlive), 0, Window);

        Assert.True(stream.Rewind(0));
        for (var number = 0; number < Chunks; number++)
        {
            Assert.All(stream.TakeUnsent(), chunk => Assert.Equal(Content(chunk.Sequence), chunk.Bytes.ToArray()));
            stream.Acknowledge(number);
        }

        Assert.True(stream.IsAcknowledged);

        static byte[] Content(int number) => [.. Enumerable.Range(0, 1 + 63 * number).Select(place => (byte)(place + number))];

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Append(ChunkStream stream, int number)
        {
            var content = Content(number);
            stream.Append(content, CancellationToken.None);
            Assert.Equal([number], stream.TakeUnsent().Select(chunk => chunk.Sequence));
            stream.Acknowledge(number);
            return new WeakReference(content);
        }
    }

    [Fact]
    public void Beyond_the_limit_only_the_window_can_be_sent_again()
    {
        using var stream = new ChunkStream(window: 2, keptBytes: 20);
        void Append(int upTo)
        {
            while (stream.Count < upTo)
            {
                stream.Append(Chunk, CancellationToken.None);
                stream.Acknowledge(stream.Count - 1);
            }
        }

        Append(4);
        Assert.True(stream.Rewind(0));
        stream.Acknowledge(3);
        Append(5);
        Assert.False(stream.Rewind(0));
        Assert.False(stream.Rewind(2));
        Assert.True(stream.Rewind(3));
        Assert.Equal([3, 4], stream.TakeUnsent().Select(chunk => chunk.Sequence));
    }

    [Fact]
    public void No_more_than_the_window_is_under_way_whatever_arrives() =>
        Gen.Int[-3, 30].Select(Gen.Int[0, 3]).List[1, 60].Sample(events =>
        {
            using var stream = new ChunkStream(window: 4, keptBytes: 1000);
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

                Assert.All(
                    stream.TakeUnsent(), chunk => Assert.InRange(chunk.Sequence, acknowledged, Math.Min(acknowledged + 3, count - 1)));
            }

            Assert.Equal(count, stream.Count);
        }, iter: 500);
}
