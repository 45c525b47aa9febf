using System.Buffers.Binary;
using CsCheck;
using Sweeper.Cluster.Wire;
using Sweeper.Cluster.Worker;
using Sweeper.Core.Measurements;

namespace Sweeper.Cluster.Tests.Wire;

public sealed class BlockCodecTests
{
    private static readonly Gen<MeasurementBlock> Blocks =
        from step in Gen.Long[0, 1000]
        from trials in Gen.Int[0, 4095].HashSet[0, 30]
        from width in Gen.Int[0, 40]
        from values in Gen.Double.Array[trials.Count * width]
        from component in Gen.String[0, 5]
        select new MeasurementBlock(
            step, new SeriesKey(MeasurementSource.Theory, "loss", "train", component, 3), trials.Order().ToArray(), width, values);

    [Fact]
    public void Blocks_come_back_bitwise_however_the_stream_is_cut() =>
        Gen.Select(Blocks.List[1, 8], Gen.Int[1, 500]).Sample((blocks, cut) =>
        {
            var decoder = new BlockDecoder();
            var back = Stream(blocks).Chunk(cut).SelectMany(piece => decoder.Add(piece).ToList()).ToList();

            Assert.True(decoder.IsAtBoundary);
            Assert.Equal(blocks.Count, back.Count);
            foreach (var (sent, got) in blocks.Zip(back))
            {
                Assert.Equal((sent.Step, sent.Series, sent.Width), (got.Step, got.Series, got.Width));
                Assert.Equal(sent.Trials.ToArray(), got.Trials.ToArray());
                Assert.Equal(sent.Values.ToArray().Select(BitConverter.DoubleToInt64Bits), got.Values.ToArray().Select(BitConverter.DoubleToInt64Bits));
            }
        }, iter: 200);

    [Fact]
    public void Numbers_are_raw_little_endian_bytes()
    {
        var writer = new WireWriter();
        writer.Doubles([1.5, double.NaN]);

        Assert.Equal(2, BinaryPrimitives.ReadInt32LittleEndian(writer.Written));
        Assert.Equal(1.5, BinaryPrimitives.ReadDoubleLittleEndian(writer.Written[4..]));
        Assert.Equal(4 + 16, writer.Written.Length);
    }

    [Fact]
    public void A_block_larger_than_a_chunk_is_sent_in_several()
    {
        using var stream = new ChunkStream(window: 100, keptBytes: long.MaxValue);
        var sink = new ChunkSink(stream, () => { }, CancellationToken.None);
        var values = Enumerable.Range(0, 50_000).Select(i => (double)i).ToArray();
        sink.Write(new MeasurementBlock(7, new SeriesKey(MeasurementSource.Run, "loss", "train", ""), new[] { 3 }, values.Length, values));
        sink.Flush();

        var chunks = stream.TakeUnsent();
        var decoder = new BlockDecoder();
        var block = Assert.Single(chunks.SelectMany(chunk => decoder.Add(chunk.Bytes).ToList()));
        Assert.Equal(values, block.Values.ToArray());
        Assert.Equal(7, chunks.Count); // 400,000 bytes and a header, 64,000 at a time
        Assert.All(chunks, chunk => Assert.InRange(chunk.Bytes.Length, 1, 64_000));
    }

    private static byte[] Stream(List<MeasurementBlock> blocks)
    {
        var stream = new MemoryStream();
        foreach (var block in blocks)
        {
            var writer = new WireWriter();
            BlockCodec.Write(writer, block);
            stream.Write(BitConverter.GetBytes(writer.Written.Length));
            stream.Write(writer.Written);
        }

        return stream.ToArray();
    }
}
