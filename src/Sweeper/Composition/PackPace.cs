using Sweeper.Core.Experiments;
using Sweeper.Core.Journal;
using Sweeper.Core.Packing;

namespace Sweeper.Composition;

/// <summary>How long packs of a sweep took, by static values and lanes: what a journal teaches about packs still to come.</summary>
internal sealed class PackPace(SweepHistory history)
{
    private readonly HashSet<string> seen = [];
    private readonly Dictionary<(string Statics, int Lanes), List<double>> seconds = [];

    /// <summary>Learns from the committed segments that hold trials of a pack.</summary>
    public void Learn(PackWork work)
    {
        foreach (var trial in work.Trials)
        {
            if (history.Trials.TryGetValue(trial.Id, out var record) && record.Segment is { } name && seen.Add(name))
            {
                var content = history.Segments[name].Content;
                // Its pack may be one of an earlier plan, whose lanes are those that its trials needed.
                var lanes = LaneBuckets.Ceiling((long)content.Trials.Length * work.Experiment.LanesPerTrial(work.Statics));
                var key = (Statics(work), lanes);
                seconds.TryAdd(key, []);
                seconds[key].Add(content.WallSeconds);
            }
        }
    }

    /// <summary>Mean times added up; null when one of the packs has no example.</summary>
    public TimeSpan? TimeOf(IEnumerable<PackWork> packs)
    {
        var total = 0.0;
        foreach (var pack in packs)
        {
            if (!seconds.TryGetValue((Statics(pack), pack.Pack.Lanes), out var examples))
            {
                return null;
            }

            total += examples.Average();
        }

        return TimeSpan.FromSeconds(total);
    }

    private static string Statics(PackWork work) => string.Join('\n', work.Experiment.Hyperparameters
        .Where(declared => declared.Binding == Binding.Static).Select(declared => work.Statics[declared.Name]));
}
