using Sweeper.Core.Journal;

namespace Sweeper.Core.Packing;

/// <summary>
/// How long packs of a sweep take on one worker. Finished ones teach it: those with the same static values and lanes most, and of
/// these the latest; what has no such example is told from its cost by a <see cref="CostModel"/> that all of them taught.
/// </summary>
public sealed class PackPace
{
    // Of the weight of an example, what is left after the next one: the machine may have other things to do by now.
    private const double Memory = 0.7;

    private readonly CostModel model = new();
    private readonly Dictionary<string, PackKind> kinds = [];
    private readonly Dictionary<(string Kind, int Lanes), (PackCost Cost, double Seconds)> examples = [];
    private readonly HashSet<string> seen = [];

    /// <summary>Whether anything was learnt: before that, times are those of some machine.</summary>
    public bool HasLearnt => examples.Count > 0;

    /// <summary>The kind of a pack.</summary>
    public PackKind KindOf(OpenPack pack)
    {
        var name = PackKind.NameOf(pack.Statics);
        return kinds.TryGetValue(name, out var kind) ? kind : kinds[name] = new PackKind(name, pack.Statics, pack.Schedule);
    }

    /// <summary>Learns from the committed segments of a pack's trials, each once.</summary>
    public void Learn(OpenPack pack, SweepHistory history)
    {
        foreach (var content in pack.Segments.Where(seen.Add).Select(name => history.Segments[name].Content))
        {
            // Its pack may be one of an earlier plan, whose lanes are those that its trials needed.
            var lanes = LaneBuckets.Ceiling((long)content.Trials.Length * pack.Statics.Experiment.LanesPerTrial(pack.Statics));
            Learn((PackKind.NameOf(pack.Statics), lanes), PackCost.Of(pack.Statics, lanes, content.Schedule), content.WallSeconds);
        }
    }

    /// <summary>A pack took so long.</summary>
    public void Learn(PackKind kind, int lanes, double seconds) => Learn((kind.Name, lanes), kind.CostOf(lanes), seconds);

    /// <summary>Whether one with the same static values and lanes was finished.</summary>
    public bool Knows(PackKind kind, int lanes) => examples.ContainsKey((kind.Name, lanes));

    /// <summary>Expected seconds of a pack from its first step to its last.</summary>
    public double SecondsOf(PackKind kind, int lanes)
    {
        var seconds = model.Seconds(kind.CostOf(lanes));
        return examples.TryGetValue((kind.Name, lanes), out var like) ? seconds * like.Seconds / model.Seconds(like.Cost) : seconds;
    }

    private void Learn((string, int) key, PackCost cost, double seconds)
    {
        // A journal that was rebuilt from segments does not know.
        if (seconds > 0)
        {
            var before = examples.GetValueOrDefault(key);
            examples[key] = ((Memory * before.Cost) + cost, (Memory * before.Seconds) + seconds);
            model.Learn(cost, seconds);
        }
    }
}
