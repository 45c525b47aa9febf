using System.Collections.Concurrent;
using Sweeper.Core.Experiments;
using Sweeper.Core.Measurements;

namespace Sweeper.Core.Packing;

/// <summary>Packs with equal static values: they have one program, and cost the same for equal lanes. Compared by reference.</summary>
public sealed class PackKind
{
    private readonly Point statics;
    private readonly MeasureSchedule schedule;
    private readonly ConcurrentDictionary<int, PackCost> costs = [];

    internal PackKind(string name, Point statics, MeasureSchedule schedule)
    {
        Name = name;
        this.statics = statics;
        this.schedule = schedule;
    }

    /// <summary>The static values.</summary>
    public string Name { get; }

    /// <summary>What one of them costs; counted once, since every commit and every status asks.</summary>
    public PackCost CostOf(int lanes) => costs.GetOrAdd(lanes, count => PackCost.Of(statics, count, schedule));

    /// <summary>The static values of a point in one line.</summary>
    public static string NameOf(Point point) => string.Join(
        ' ', point.Values.Where((_, index) => point.Experiment.Hyperparameters[index].Binding == Binding.Static));
}
