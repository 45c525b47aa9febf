using System.Runtime.InteropServices;
using Sweeper.Core.Measurements;

namespace Sweeper.Core.Ports;

/// <summary>
/// A checkpoint on its way to the file it becomes: as blocks after the measurements of its interval, so that it is chunked,
/// acknowledged, sent again and fenced as they are, and has the one writer that they have.
/// </summary>
public static class CheckpointBlocks
{
    private const int PieceBytes = 48_000;
    private static readonly SeriesKey Series = new(MeasurementSource.Checkpoint, "", "", "");

    /// <summary>Pieces in order; the last one is filled up with zeros to whole doubles.</summary>
    public static IEnumerable<MeasurementBlock> Of(PackCheckpoint checkpoint)
    {
        for (var start = 0; start < checkpoint.Content.Length; start += PieceBytes)
        {
            var piece = checkpoint.Content.Slice(start, Math.Min(PieceBytes, checkpoint.Content.Length - start));
            var values = new double[(piece.Length + sizeof(double) - 1) / sizeof(double)];
            piece.Span.CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
            yield return new MeasurementBlock(checkpoint.Step, Series, default, piece.Length, values);
        }
    }

    /// <summary>The bytes of a piece.</summary>
    public static ReadOnlySpan<byte> BytesOf(MeasurementBlock piece) => MemoryMarshal.AsBytes(piece.Values.Span)[..piece.Width];
}
