using System.Collections.Immutable;
using Sweeper.Core.Journal;
using Sweeper.Core.Measurements;
using Sweeper.Core.Ports;

namespace Sweeper.Results.Curves;

/// <summary>A committed segment with the part of it that the plan asks for.</summary>
/// <param name="File">Its name and hash.</param>
/// <param name="Ranks">Ranks of the trials whose current rows are in it, by id.</param>
/// <param name="Asked">(step, metric) pairs that are asked for and in it.</param>
internal sealed record CurrentSegment(
    StagedSegment File, IReadOnlyDictionary<string, int> Ranks, IReadOnlySet<(long Step, string Metric)> Asked)
{
    /// <summary>The segments that hold a current trial of the plan, by file name.</summary>
    /// <param name="trials">The plan's trials.</param>
    /// <param name="history">What is committed.</param>
    /// <param name="askedOf">What is asked of a trial, by rank; equal for all trials of a pack.</param>
    /// <param name="dropsDiverged">Whether trials that diverged are left out.</param>
    public static ImmutableArray<CurrentSegment> Select(
        TrialTable trials, SweepHistory history, Func<int, MeasureSchedule> askedOf, bool dropsDiverged = false)
    {
        var current = ImmutableArray.CreateBuilder<CurrentSegment>();
        foreach (var (name, record) in history.Segments.OrderBy(segment => segment.Key, StringComparer.Ordinal))
        {
            var ranks = record.Content.Trials
                .Where(trial => history.Trials.TryGetValue(trial, out var state) && state.Segment == name
                    && !(dropsDiverged && state.DivergedStep is not null))
                .Select(trial => (Id: trial.Hex, Rank: trials.RankOf(trial)))
                .Where(trial => trial.Rank >= 0)
                .ToDictionary(trial => trial.Id, trial => trial.Rank, StringComparer.Ordinal);
            if (ranks.Count > 0)
            {
                var asked = Pairs(askedOf(ranks.Values.First()));
                asked.IntersectWith(Pairs(record.Content.Schedule));
                var pairs = asked.Select(pair => (pair.Step, pair.Metric.Name)).ToHashSet();
                current.AddRange(record.Files.Select(file => new CurrentSegment(file, ranks, pairs)));
            }
        }

        return current.ToImmutable();
    }

    private static HashSet<(long Step, MetricVersion Metric)> Pairs(MeasureSchedule schedule) =>
        [.. schedule.Snapshots.SelectMany(snapshot => snapshot.Metrics.Select(metric => (snapshot.Step, metric)))];
}
