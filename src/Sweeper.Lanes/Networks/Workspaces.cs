using System.Collections.Concurrent;
using System.Numerics;
using Sweeper.Lanes.Networks.Kernels;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Networks;

/// <summary>
/// Workspaces of the groups of a pack: as many as there are threads, so that one group finds in the cache what another one left there.
/// </summary>
/// <param name="training">The networks and how they are trained.</param>
/// <param name="examples">Examples of the data.</param>
/// <param name="chunk">Examples that go through all layers together, or null for what suits the network.</param>
internal sealed class Workspaces<TArrangement, TLanes, T>(LaneTraining training, int examples, int? chunk) : IDisposable
    where TArrangement : struct, IArrangement<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ConcurrentBag<Workspace<TArrangement, TLanes, T>> idle = [];

    /// <summary>The networks and how they are trained.</summary>
    public LaneTraining Training => training;

    /// <summary>Where their numbers lie.</summary>
    public GroupLayout<TArrangement, TLanes, T> Layout { get; } = new(
        training.Shape, training.Objective is Objective.ExpectedLogistic ? WholeTiles(examples) : chunk, examples);

    /// <summary>The expected loss is one of all examples together.</summary>
    private static int WholeTiles(int examples) => (examples + WeightGradient.Tile - 1) / WeightGradient.Tile * WeightGradient.Tile;

    /// <summary>One for a while.</summary>
    public Workspace<TArrangement, TLanes, T> Take() => idle.TryTake(out var one) ? one : new(training, Layout, examples);

    /// <summary>It is free again.</summary>
    public void GiveBack(Workspace<TArrangement, TLanes, T> one) => idle.Add(one);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var one in idle)
        {
            one.Dispose();
        }
    }
}
