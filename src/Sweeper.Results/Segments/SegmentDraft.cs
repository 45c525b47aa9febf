using Sweeper.Core.Errors;
using Sweeper.Core.Measurements;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Files;
using Sweeper.Results.Folders;
using Sweeper.Results.Tables;

namespace Sweeper.Results.Segments;

/// <summary>
/// A segment under construction in `staging/`. Holds one step's blocks and one row group at most. Failpoints:
/// `first_chunk` after the first block, `staging` when all rows are written but nothing is synced.
/// </summary>
internal sealed class SegmentDraft : ISegmentDraft
{
    private readonly string name;
    private readonly string path;
    private readonly FileStream stream;
    private readonly SegmentColumns columns;
    private readonly TableWriter table;
    private readonly StepBuffer pending;
    private readonly WeightsDraft weights;
    private readonly CheckpointDraft checkpoint;
    private long? step;
    private bool isClosed;

    /// <summary>Creates the staged file.</summary>
    public SegmentDraft(ResultFolder folder, SegmentHeader header)
    {
        name = $"{header.Pack.Name}-{header.Interval}.parquet";
        path = folder.Staged($"{header.Pack.Name}-{header.Interval}.lease-{header.Lease}.parquet");
        columns = new SegmentColumns([.. header.Trials.Select(trial => trial.Id.Hex.AsMemory())]);
        weights = new WeightsDraft(folder.Staged(ResultFolder.WeightsName(Path.GetFileName(path))), header.Trials);
        checkpoint = new CheckpointDraft(
            ResultFolder.CheckpointName(name), folder.Staged(ResultFolder.CheckpointName(Path.GetFileName(path))));
        pending = new StepBuffer(InOrder(header.Trials, Enumerable.Range(0, header.Trials.Length)));
        var measured = InOrder(header.Trials, header.Wanted).Select(position => header.Trials[position]).ToList();
        (stream, table) = DiskFault.Guard(path, () =>
        {
            var file = DurableFile.Create(path);
            return (file, new TableWriter(file, columns.All, SegmentMetadata.Describe(header, measured)));
        });
    }

    /// <inheritdoc/>
    public void Append(PackBlock block)
    {
        switch (block)
        {
            case WeightsBlock kept:
                DiskFault.Guard(path, () => weights.Append(kept));
                break;
            case CheckpointPiece piece:
                DiskFault.Guard(path, () => checkpoint.Append(piece));
                break;
            case MeasurementBlock measured:
                Append(measured);
                break;
        }
    }

    /// <inheritdoc/>
    public StagedSegment Close() => DiskFault.Guard(path, () =>
    {
        weights.Close();
        var paused = checkpoint.Close();
        WriteStep();
        if (paused is not null)
        {
            SegmentMetadata.DescribePause(table, paused.Step);
        }

        table.Finish();
        stream.Flush();
        Failpoint.Hit("staging");
        DurableFile.Commit(stream, path);
        var bytes = stream.Length;
        stream.Dispose();
        isClosed = true;
        return new StagedSegment(name, Path.GetFileName(path), FileHash.Of(path), bytes, table.Rows, paused);
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!isClosed)
        {
            isClosed = true;
            stream.Dispose();
            File.Delete(path);
            weights.Remove();
            checkpoint.Remove();
        }
    }

    private void Append(MeasurementBlock block)
    {
        if (block.Step < step)
        {
            throw new ArgumentException($"step {block.Step} after step {step}", nameof(block));
        }

        if (block.Step != step)
        {
            DiskFault.Guard(path, WriteStep);
        }

        pending.Add(block);
        if (step is null)
        {
            Failpoint.Hit("first_chunk");
        }

        step = block.Step;
    }

    private static int[] InOrder(IReadOnlyList<Trial> trials, IEnumerable<int> positions) =>
        [.. positions.Order(Comparer<int>.Create((left, right) => RowOrder.CompareTrials(trials[left], trials[right])))];

    private void WriteStep()
    {
        if (step is { } current)
        {
            pending.Drain((series, index, positions, values) =>
            {
                columns.Add(current, series, index, positions, values);
                table.EndRow(positions.Length);
            });
        }
    }
}
