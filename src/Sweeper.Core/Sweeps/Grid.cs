using System.Collections.Immutable;
using Sweeper.Core.Experiments;

namespace Sweeper.Core.Sweeps;

/// <summary>
/// The product of axes over one base point, never materialised: a position is read as digits of a mixed radix, static axes
/// first.
/// </summary>
internal sealed class Grid
{
    private readonly ExperimentDeclaration experiment;
    private readonly ImmutableArray<Value> standard;
    private readonly (ImmutableArray<int> Slots, SweepAxis Axis)[] statics;
    private readonly (ImmutableArray<int> Slots, SweepAxis Axis)[] batched;

    /// <param name="experiment">Whose points.</param>
    /// <param name="standard">Value of every hyperparameter where no axis gives one.</param>
    /// <param name="axes">Axes over different hyperparameters.</param>
    public Grid(ExperimentDeclaration experiment, ImmutableArray<Value> standard, IEnumerable<SweepAxis> axes)
    {
        this.experiment = experiment;
        this.standard = standard;
        var slotted = axes.Select(axis => (axis.Hyperparameters.Select(declared => experiment.IndexOf(declared.Name)).ToImmutableArray(), axis)).ToArray();
        statics = [.. slotted.Where(pair => pair.axis.IsStatic)];
        batched = [.. slotted.Where(pair => !pair.axis.IsStatic)];
        StaticCount = Product(statics);
        BatchedCount = Product(batched);
    }

    /// <summary>Number of combinations of static axes; 1 without any.</summary>
    public long StaticCount { get; }

    /// <summary>Number of combinations of batched axes; 1 without any.</summary>
    public long BatchedCount { get; }

    /// <summary>The point at a combination of either kind.</summary>
    public Point At(long staticIndex, long batchedIndex)
    {
        var values = standard.ToBuilder();
        Place(statics, staticIndex, values);
        Place(batched, batchedIndex, values);
        return new Point(experiment, values.MoveToImmutable());
    }

    private static void Place((ImmutableArray<int> Slots, SweepAxis Axis)[] axes, long index, ImmutableArray<Value>.Builder values)
    {
        for (var i = axes.Length - 1; i >= 0; i--)
        {
            var (slots, axis) = axes[i];
            var entry = axis.Entries[(int)(index % axis.Count)];
            index /= axis.Count;
            for (var j = 0; j < slots.Length; j++)
            {
                values[slots[j]] = entry[j];
            }
        }
    }

    private static long Product((ImmutableArray<int> Slots, SweepAxis Axis)[] axes) => axes.Aggregate(1L, (product, pair) => checked(product * pair.Axis.Count));
}
