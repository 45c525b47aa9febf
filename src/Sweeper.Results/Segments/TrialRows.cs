using Parquet;
using Sweeper.Core.Journal;
using Sweeper.Core.Measurements;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Files;
using Sweeper.Results.Folders;

namespace Sweeper.Results.Segments;

/// <summary>The rows of one trial in memory: stored ones, or those that a runner measures.</summary>
/// <param name="position">Position of the trial in its pack; other trials' measurements are passed over.</param>
public sealed class TrialRows(int position) : IMeasurementSink
{
    private readonly Dictionary<RowKey, double> values = [];

    /// <summary>By what they are; NaN where undefined.</summary>
    public IReadOnlyDictionary<RowKey, double> Values => values;

    /// <summary>
    /// Reads the rows of a trial from what its pack committed. Throws <see cref="Core.Errors.SweepException"/> (preflight) when that is
    /// not whole.
    /// </summary>
    public static IReadOnlyDictionary<RowKey, double> Stored(string path, SegmentRecord segment, TrialId trial)
    {
        var folder = new ResultFolder(path);
        var found = new TrialRows(0);
        foreach (var file in segment.Files)
        {
            SegmentCheck.Verify(folder, file, segment.Content.Trials.Length);
            found.Add(folder.Segment(file.Name), trial);
        }

        return found.Values;
    }

    private void Add(string path, TrialId trial) =>
        DiskFault.Guard(path, () =>
        {
            using var stream = File.OpenRead(path);
            var file = ParquetReader.CreateAsync(stream).GetAwaiter().GetResult();
            var rows = new SegmentRows();
            for (var group = 0; group < file.RowGroupCount; group++)
            {
                rows.Read(file, group);
                for (var row = 0; row < rows.Count; row++)
                {
                    if (rows.Trial[row].Span.SequenceEqual(trial.Hex))
                    {
                        var series = new SeriesKey(
                            SourceNames.Parse(rows.Source[row].Span), rows.Metric[row].ToString(), rows.Split[row].ToString(),
                            rows.Component[row].ToString(), rows.Member[row]);
                        values[new RowKey(rows.Step[row], series, rows.Index[row])] = rows.Value[row];
                    }
                }
            }
        });

    /// <inheritdoc/>
    public void Write(PackBlock block)
    {
        // Kept weights are no rows.
        if (block is MeasurementBlock measured)
        {
            var row = measured.Trials.Span.IndexOf(position);
            for (var index = 0; row >= 0 && index < measured.Width; index++)
            {
                values[new RowKey(measured.Step, measured.Series, index)] = measured.Values.Span[row * measured.Width + index];
            }
        }
    }

    /// <inheritdoc/>
    public void Progress(long step, long lastStep)
    {
    }
}
