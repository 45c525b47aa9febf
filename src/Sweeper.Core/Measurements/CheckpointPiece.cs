using Sweeper.Core.Ports;

namespace Sweeper.Core.Measurements;

/// <summary>
/// Part of the checkpoint that ends an interval. It travels after the measurements of its interval, so that it is chunked, acknowledged,
/// sent again and fenced as they are, and has the one writer that they have.
/// </summary>
/// <param name="Step">The step of the checkpoint.</param>
/// <param name="Content">The next bytes of it.</param>
public sealed record CheckpointPiece(long Step, ReadOnlyMemory<byte> Content) : PackBlock(Step)
{
    private const int PieceBytes = 48_000;

    /// <summary>All pieces, in order.</summary>
    public static IEnumerable<CheckpointPiece> Of(PackCheckpoint checkpoint)
    {
        for (var start = 0; start < checkpoint.Content.Length; start += PieceBytes)
        {
            yield return new CheckpointPiece(
                checkpoint.Step, checkpoint.Content.Slice(start, Math.Min(PieceBytes, checkpoint.Content.Length - start)));
        }
    }
}
