using Sweeper.Core.Experiments;
using Sweeper.Core.Journal;
using Sweeper.Core.Packing;

namespace Sweeper.Composition;

/// <summary>How long packs of a sweep took, by static values and lanes: what a journal teaches about packs still to come.</summary>
internal sealed class PackPace(SweepHistory history, ExperimentDeclaration experiment)
{
    private readonly HashSet<string> seen = [];
    private readonly Dictionary<(string Statics, int Lanes), List<double>> seconds = [];

    /// <summary>Learns from the committed segments of a pack's trials, each once.</summary>
    public void Learn(OpenPack pack)
    {
        foreach (var content in pack.Segments.Where(seen.Add).Select(name => history.Segments[name].Content))
        {
            // Its pack may be one of an earlier plan, whose lanes are those that its trials needed.
            var lanes = LaneBuckets.Ceiling((long)content.Trials.Length * experiment.LanesPerTrial(pack.Statics));
            var key = (Statics(pack.Statics), lanes);
            seconds.TryAdd(key, []);
            seconds[key].Add(content.WallSeconds);
        }
    }

    /// <summary>Mean times added up; null when one of the packs has no example.</summary>
    public TimeSpan? TimeOf(IEnumerable<(Pack Pack, Point Statics)> packs)
    {
        var total = 0.0;
        foreach (var (pack, statics) in packs)
        {
            if (!seconds.TryGetValue((Statics(statics), pack.Lanes), out var examples))
            {
                return null;
            }

            total += examples.Average();
        }

        return TimeSpan.FromSeconds(total);
    }

    private string Statics(Point point) => string.Join('\n', experiment.Hyperparameters
        .Where(declared => declared.Binding == Binding.Static).Select(declared => point[declared.Name]));
}
