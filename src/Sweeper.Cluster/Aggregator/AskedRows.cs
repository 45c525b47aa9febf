using System.Collections.Immutable;
using Sweeper.Core.Measurements;
using Sweeper.Core.Ports;

namespace Sweeper.Cluster.Aggregator;

/// <summary>
/// Whether the blocks of a pack hold all that was asked for. Committed means complete: a fault anywhere between the runner
/// and the file costs another attempt, never rows.
/// </summary>
internal sealed class AskedRows(MeasureSchedule schedule, ImmutableArray<int> wanted)
{
    private readonly Dictionary<(long Step, string Metric), HashSet<int>> seen = [];

    /// <summary>Notes the trials of a block.</summary>
    public void Add(MeasurementBlock block)
    {
        var key = (block.Step, block.Series.Metric);
        if (!seen.TryGetValue(key, out var trials))
        {
            seen.Add(key, trials = []);
        }

        foreach (var trial in block.Trials.Span)
        {
            trials.Add(trial);
        }
    }

    /// <summary>
    /// What is missing, in a sentence, or null: every wanted trial has every asked metric at every step of the interval before it
    /// diverged.
    /// </summary>
    /// <param name="diverged">Who did.</param>
    /// <param name="after">The interval begins behind this step.</param>
    /// <param name="upTo">Its last step.</param>
    public string? Missing(ImmutableArray<Divergence> diverged, long after = -1, long upTo = long.MaxValue)
    {
        var end = diverged.ToDictionary(divergence => divergence.Trial, divergence => divergence.Step);
        foreach (var snapshot in schedule.Snapshots.Where(snapshot => snapshot.Step > after && snapshot.Step <= upTo))
        {
            foreach (var metric in snapshot.Metrics)
            {
                var trials = seen.GetValueOrDefault((snapshot.Step, metric.Name));
                foreach (var trial in wanted)
                {
                    if (snapshot.Step < end.GetValueOrDefault(trial, long.MaxValue) && trials?.Contains(trial) is not true)
                    {
                        return $"trial {trial} of the pack has no {metric.Name} at step {snapshot.Step}";
                    }
                }
            }
        }

        return null;
    }
}
