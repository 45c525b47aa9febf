using System.Collections.Immutable;
using Sweeper.Core.Measurements;
using Sweeper.Core.Packing;
using Sweeper.Core.Sweeps;

namespace Sweeper.Core.Ports;

/// <summary>Where the rows of packs become files: staged, then published by an atomic rename.</summary>
public interface ISegmentStore
{
    /// <summary>Starts a file in the staging folder.</summary>
    ISegmentDraft Begin(SegmentHeader header);

    /// <summary>
    /// Renames a staged file into `segments/` and syncs the folder; then its checkpoint, which counts only with it. Replaces files
    /// of the same names.
    /// </summary>
    void Publish(StagedSegment segment);

    /// <summary>Removes a staged file with its checkpoint; a file that is not there is no error.</summary>
    void Discard(StagedSegment segment);

    /// <summary>Whether a published file, with its checkpoint, exists and has these bytes.</summary>
    bool IsIntact(StagedSegment segment);

    /// <summary>The next bytes of a published checkpoint, so many at most.</summary>
    ReadOnlyMemory<byte> ReadCheckpoint(StagedCheckpoint checkpoint, long offset, int length);

    /// <summary>Removes the published checkpoints of a pack, except for one.</summary>
    void DropCheckpoints(PackId pack, StagedCheckpoint? except);
}

/// <summary>A segment under construction; disposing it unclosed removes it.</summary>
public interface ISegmentDraft : IDisposable
{
    /// <summary>
    /// Adds a block; steps must not descend. With pieces of a checkpoint, which are the last, the interval ends in a pause.
    /// </summary>
    void Append(PackBlock block);

    /// <summary>Finishes and syncs the staged file.</summary>
    StagedSegment Close();
}

/// <summary>What a segment's rows belong to; stored in the file, so that it can be read alone.</summary>
/// <param name="Pack">Which pack.</param>
/// <param name="Lease">Lease it is written under: staged files of two attempts never meet.</param>
/// <param name="Interval">Number of the checkpoint interval, from 0.</param>
/// <param name="Trials">The pack's trials; blocks refer to positions in it.</param>
/// <param name="Wanted">Positions measured.</param>
/// <param name="Schedule">What was asked for.</param>
public sealed record SegmentHeader(
    PackId Pack, long Lease, int Interval, ImmutableArray<Trial> Trials, ImmutableArray<int> Wanted, MeasureSchedule Schedule);

/// <summary>A closed, synced file in the staging folder.</summary>
/// <param name="Name">File name it gets in `segments/`: `pack-interval.parquet`.</param>
/// <param name="StagedName">File name in `staging/`.</param>
/// <param name="Sha256">Hash of its bytes, hex.</param>
/// <param name="Bytes">Length.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="Checkpoint">What the pack goes on from after these rows; null when they are its last.</param>
public sealed record StagedSegment(
    string Name, string StagedName, string Sha256, long Bytes, long Rows, StagedCheckpoint? Checkpoint = null);

/// <summary>A checkpoint of a paused pack, staged with the segment that it stands after.</summary>
/// <param name="Name">File name it gets in `checkpoints/`.</param>
/// <param name="StagedName">File name in `staging/`.</param>
/// <param name="Sha256">Hash of its bytes, hex.</param>
/// <param name="Bytes">Length.</param>
/// <param name="Step">The rows before it are complete up to this step.</param>
public sealed record StagedCheckpoint(string Name, string StagedName, string Sha256, long Bytes, long Step);
