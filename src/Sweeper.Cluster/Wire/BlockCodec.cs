using Sweeper.Core.Measurements;

namespace Sweeper.Cluster.Wire;

/// <summary>
/// What packs send, as one stream of bytes, each block after its length: chunks are arbitrary cuts through that stream, so
/// that a block may be larger than a chunk and many small blocks share one.
/// </summary>
internal static class BlockCodec
{
    private const byte Measurements = 0, Weights = 1, Checkpoint = 2;

    /// <summary>A block without its length: its kind and its step, then what it has.</summary>
    public static void Write(WireWriter writer, PackBlock block)
    {
        writer.Byte(block switch
        {
            MeasurementBlock => Measurements,
            WeightsBlock => Weights,
            CheckpointPiece => Checkpoint,
            _ => throw new ArgumentException($"{block.GetType().Name} does not travel", nameof(block)),
        });
        writer.Long(block.Step);
        switch (block)
        {
            case MeasurementBlock measured:
                writer.Byte((byte)measured.Series.Source);
                writer.Text(measured.Series.Metric);
                writer.Text(measured.Series.Split);
                writer.Text(measured.Series.Component);
                writer.Int(measured.Series.Member);
                writer.Ints(measured.Trials.Span);
                writer.Int(measured.Width);
                writer.Doubles(measured.Values.Span);
                break;
            case WeightsBlock kept:
                writer.Text(kept.Parameter);
                writer.Int(kept.Member);
                writer.Ints(kept.Trials.Span);
                writer.Byte((byte)kept.Type);
                writer.Ints(kept.Shape.Span);
                writer.Bytes(kept.Content.Span);
                break;
            case CheckpointPiece piece:
                writer.Bytes(piece.Content.Span);
                break;
        }
    }

    /// <summary>The same read again. Throws <see cref="InvalidDataException"/> for a kind that there is not.</summary>
    public static PackBlock Read(WireReader reader)
    {
        var (kind, step) = (reader.Byte(), reader.Long());
        return kind switch
        {
            Measurements => new MeasurementBlock(step, Series(reader), reader.Ints(), reader.Int(), reader.Doubles()),
            Weights => new WeightsBlock(
                step, reader.Text(), reader.Int(), reader.Ints(), (NumberType)reader.Byte(), reader.Ints(), reader.Bytes().ToArray()),
            Checkpoint => new CheckpointPiece(step, reader.Bytes().ToArray()),
            _ => throw new InvalidDataException($"there is no block of kind {kind}"),
        };
    }

    private static SeriesKey Series(WireReader reader) =>
        new((MeasurementSource)reader.Byte(), reader.Text(), reader.Text(), reader.Text(), reader.Int());
}
