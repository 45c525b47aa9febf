using System.Collections.Immutable;
using Sweeper.Core.Measurements;
using Sweeper.Core.Ports;

namespace Sweeper.Cluster.Aggregator;

/// <summary>
/// Whether the blocks of a pack, which come in ascending steps, hold all that was asked for. Committed means complete: a fault
/// anywhere between the runner and the file costs another attempt, never rows. One number for every metric and trial is kept,
/// however long the training.
/// </summary>
internal sealed class AskedRows
{
    private readonly ImmutableArray<int> wanted;
    private readonly SortedDictionary<string, Asked> metrics = new(StringComparer.Ordinal);

    /// <param name="schedule">What is asked for.</param>
    /// <param name="wanted">Of which trials, by position.</param>
    /// <param name="after">The rows begin after this step.</param>
    public AskedRows(MeasureSchedule schedule, ImmutableArray<int> wanted, long after = -1)
    {
        this.wanted = wanted;
        var places = wanted.IsEmpty ? 0 : wanted.Max() + 1;
        foreach (var asked in schedule.Snapshots.Where(snapshot => snapshot.Step > after)
            .SelectMany(snapshot => snapshot.Metrics, (snapshot, metric) => (snapshot.Step, metric.Name)).GroupBy(asked => asked.Name))
        {
            metrics.Add(asked.Key, new Asked([.. asked.Select(one => one.Step)], new int[places]));
        }
    }

    /// <summary>Notes the trials of a block.</summary>
    public void Add(MeasurementBlock block)
    {
        if (metrics.TryGetValue(block.Series.Metric, out var asked))
        {
            foreach (var trial in block.Trials.Span)
            {
                asked.Note(trial, block.Step);
            }
        }
    }

    /// <summary>
    /// What is missing first, in a sentence, or null: every wanted trial has every asked metric at every step before it diverged.
    /// </summary>
    /// <param name="diverged">Who did.</param>
    /// <param name="upTo">The last step that there are rows of.</param>
    public string? Missing(ImmutableArray<Divergence> diverged, long upTo = long.MaxValue)
    {
        var end = diverged.ToDictionary(divergence => divergence.Trial, divergence => divergence.Step);
        var missing =
            from metric in metrics
            from trial in wanted
            let step = metric.Value.Next(trial)
            where step < end.GetValueOrDefault(trial, long.MaxValue) && step <= upTo
            orderby step
            select $"trial {trial} of the pack has no {metric.Key} at step {step}";
        return missing.FirstOrDefault();
    }

    /// <summary>One metric.</summary>
    /// <param name="Steps">At which it is asked for, ascending.</param>
    /// <param name="Seen">By position of the trial: of how many of these steps there were rows, without a gap.</param>
    private sealed record Asked(long[] Steps, int[] Seen)
    {
        public void Note(int trial, long step)
        {
            if (trial < Seen.Length && Seen[trial] < Steps.Length && Steps[Seen[trial]] == step)
            {
                Seen[trial]++;
            }
        }

        /// <summary>The first step without rows of a trial, or null.</summary>
        public long? Next(int trial) => Seen[trial] < Steps.Length ? Steps[Seen[trial]] : null;
    }
}
