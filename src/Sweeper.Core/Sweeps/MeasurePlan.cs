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
        var asked = rules.SelectMany((rule, number) => rule.Steps.Until(last).Select(step => (Step: step, Rule: number))).Order().ToArray();
        // Few combinations of rules occur, at many steps: they share their arrays.
        var unions = new Dictionary<string, ImmutableArray<MetricVersion>>();
        var snapshots = ImmutableArray.CreateBuilder<Snapshot>();
        for (var (first, next) = (0, 0); first < asked.Length; first = next)
        {
            while (next < asked.Length && asked[next].Step == asked[first].Step)
            {
                next++;
            }

            var together = asked[first..next].Select(one => one.Rule).Distinct().ToArray();
            var key = string.Join(' ', together);
            if (!unions.TryGetValue(key, out var metrics))
            {
                metrics = [.. together.SelectMany(rule => rules[rule].Metrics).Distinct()
                    .OrderBy(metric => metric.Name, StringComparer.Ordinal)];
                unions.Add(key, metrics);
            }

            snapshots.Add(new Snapshot(asked[first].Step, metrics));
        }

        return new MeasureSchedule(snapshots.ToImmutable())
        {
            WeightsAt = kept switch
            {
                KeptWeights.None => [],
                KeptWeights.Final => [last],
                _ => [.. snapshots.Select(snapshot => snapshot.Step).Append(last).Distinct()],
            },
        };
    }
}
