using System.Buffers.Binary;
using CsCheck;
using Sweeper.Cluster.Wire;
using Sweeper.Cluster.Worker;
using Sweeper.Core.Measurements;

namespace Sweeper.Cluster.Tests.Wire;

public sealed class BlockCodecTests
{
    private static readonly Gen<PackBlock> Measurements =
        from step in Gen.Long[0, 1000]
        from trials in Gen.Int[0, 4095].HashSet[0, 30]
        from width in Gen.Int[0, 40]
        from values in Gen.Double.Array[trials.Count * width]
        from component in Gen.String[0, 5]
        select (PackBlock)new MeasurementBlock(
            step, new SeriesKey(MeasurementSource.Theory, "loss", "train", component, 3), trials.Order().ToArray(), width, values);

    private static readonly Gen<PackBlock> Weights =
        from step in Gen.Long[0, 1000]
        from trials in Gen.Int[0, 4095].HashSet[1, 30]
        from shape in Gen.Int[1, 5].Array[0, 3]
        from content in Gen.Byte.Array[trials.Count * shape.Aggregate(sizeof(float), (size, side) => size * side)]
        from parameter in Gen.String[0, 5]
        select (PackBlock)new WeightsBlock(step, parameter, 2, trials.Order().ToArray(), NumberType.Float32, shape, content);

    private static readonly Gen<PackBlock> Pieces =
        from step in Gen.Long[0, 1000]
        from content in Gen.Byte.Array[0, 500]
        select (PackBlock)new CheckpointPiece(step, content);

    [Fact]
    public void Blocks_come_back_bitwise_however_the_stream_is_cut() =>
        Gen.Select(Gen.OneOf(Measurements, Weights, Pieces).List[1, 8], Gen.Int[1, 500]).Sample((blocks, cut) =>
        {
            var decoder = new BlockDecoder();
            var back = Stream(blocks).Chunk(cut).SelectMany(piece => decoder.Add(piece).ToList()).ToList();

            Assert.True(decoder.IsAtBoundary);
            Assert.Equal(blocks.Select(Words), back.Select(Words));
        }, iter: 300);

    [Fact]
    public void A_block_of_no_known_kind_is_refused()
    {
        var writer = new WireWriter();
        writer.Byte(3);
        writer.Long(0);

        Assert.Throws<InvalidDataException>(() => BlockCodec.Read(new WireReader(writer.Written.ToArray())));
    }

    /// <summary>All that a block has, numbers by their bits.</summary>
    private static string Words(PackBlock block) => block switch
    {
        MeasurementBlock measured => $"{measured.Step} {measured.Series} {measured.Width} {string.Join(' ', measured.Trials.ToArray())}: "
            + string.Join(' ', measured.Values.ToArray().Select(BitConverter.DoubleToInt64Bits)),
        WeightsBlock kept => $"{kept.Step} {kept.Parameter} {kept.Member} {kept.Type} {string.Join('x', kept.Shape.ToArray())} "
            + $"{string.Join(' ', kept.Trials.ToArray())}: {Convert.ToHexString(kept.Content.Span)}",
        CheckpointPiece piece => $"{piece.Step}: {Convert.ToHexString(piece.Content.Span)}",
        _ => "",
    };

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
        var block = Assert.IsType<MeasurementBlock>(Assert.Single(chunks.SelectMany(chunk => decoder.Add(chunk.Bytes).ToList())));
        Assert.Equal(values, block.Values.ToArray());
        Assert.Equal(7, chunks.Count); // 400,000 bytes and a header, 64,000 at a time
        Assert.All(chunks, chunk => Assert.InRange(chunk.Bytes.Length, 1, 64_000));
    }

    private static byte[] Stream(List<PackBlock> blocks)
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
