using Sweeper.Core.Measurements;

namespace Sweeper.Cluster.Wire;

/// <summary>
/// Measurement blocks as one stream of bytes, each after its length: chunks are arbitrary cuts through that stream, so
/// that a block may be larger than a chunk and many small blocks share one.
/// </summary>
internal static class BlockCodec
{
    /// <summary>A block without its length.</summary>
    public static void Write(WireWriter writer, MeasurementBlock block)
    {
        writer.Long(block.Step);
        writer.Byte((byte)block.Series.Source);
        writer.Text(block.Series.Metric);
        writer.Text(block.Series.Split);
        writer.Text(block.Series.Component);
        writer.Int(block.Series.Member);
        writer.Int(block.Width);
        writer.Ints(block.Shape.Span);
        writer.Ints(block.Trials.Span);
        writer.Doubles(block.Values.Span);
    }

    /// <summary>The same read again.</summary>
    public static MeasurementBlock Read(WireReader reader)
    {
        var step = reader.Long();
        var series = new SeriesKey((MeasurementSource)reader.Byte(), reader.Text(), reader.Text(), reader.Text(), reader.Int());
        var width = reader.Int();
        var shape = reader.Ints();
        return new MeasurementBlock(step, series, reader.Ints(), width, reader.Doubles()) { Shape = shape };
    }
}
