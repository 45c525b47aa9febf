using System.Collections.Concurrent;
using System.Collections.Immutable;
using Sweeper.Core.Measurements;
using Sweeper.Core.Sweeps.Reading;

namespace Sweeper.Core.Sweeps;

/// <summary>One entry of `measure`; its place is null where the file is silent.</summary>
internal sealed record MeasureRule(MeasureSteps Steps, ImmutableArray<MetricVersion> Metrics, SourcePlace? Place);

/// <summary>The union of all entries of `measure`, and what `keep` says, resolved for any length of training.</summary>
internal sealed class MeasurePlan(ImmutableArray<MeasureRule> rules, KeptWeights kept)
{
    private readonly ConcurrentDictionary<long, MeasureSchedule> schedules = [];

    public ImmutableArray<MeasureRule> Rules => rules;

    /// <summary>What is measured at which step of a training that ends with <paramref name="last"/>.</summary>
    public MeasureSchedule Until(long last) => schedules.GetOrAdd(last, Resolve);

    private MeasureSchedule Resolve(long last)
    {
        var asked = new SortedDictionary<long, ImmutableSortedSet<int>>();
        for (var rule = 0; rule < rules.Length; rule++)
        {
            foreach (var step in rules[rule].Steps.Until(last))
            {
                asked[step] = asked.GetValueOrDefault(step, []).Add(rule);
            }
        }

        // Few combinations of rules occur, at many steps: they share their arrays.
        var unions = new Dictionary<string, ImmutableArray<MetricVersion>>();
        var snapshots = ImmutableArray.CreateBuilder<Snapshot>(asked.Count);
        foreach (var (step, together) in asked)
        {
            var key = string.Join(' ', together);
            if (!unions.TryGetValue(key, out var metrics))
            {
                metrics = [.. together.SelectMany(rule => rules[rule].Metrics).Distinct().OrderBy(metric => metric.Name, StringComparer.Ordinal)];
                unions.Add(key, metrics);
            }

            snapshots.Add(new Snapshot(step, metrics));
        }

        return new MeasureSchedule(snapshots.MoveToImmutable())
        {
            WeightsAt = kept switch { KeptWeights.None => [], KeptWeights.Final => [last], _ => [.. asked.Keys.Append(last).Distinct()] },
        };
    }
}
