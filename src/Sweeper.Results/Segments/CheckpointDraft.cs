using Sweeper.Core.Measurements;
using Sweeper.Core.Ports;
using Sweeper.Results.Files;

namespace Sweeper.Results.Segments;

/// <summary>The checkpoint after a segment, under construction in `staging/`. There is none before the first piece.</summary>
/// <param name="name">Its name in `checkpoints/`.</param>
/// <param name="path">The staged file.</param>
internal sealed class CheckpointDraft(string name, string path)
{
    private FileStream? stream;
    private long step;

    /// <summary>Adds the next piece.</summary>
    public void Append(CheckpointPiece piece)
    {
        stream ??= DurableFile.Create(path);
        step = piece.Step;
        stream.Write(piece.Content.Span);
    }

    /// <summary>Syncs the file; null when there is none.</summary>
    public StagedCheckpoint? Close()
    {
        if (stream is null)
        {
            return null;
        }

        DurableFile.Commit(stream, path);
        var bytes = stream.Length;
        stream.Dispose();
        return new StagedCheckpoint(name, Path.GetFileName(path), FileHash.Of(path), bytes, step);
    }

    /// <summary>Removes whatever there is of it.</summary>
    public void Remove()
    {
        stream?.Dispose();
        File.Delete(path);
    }
}
