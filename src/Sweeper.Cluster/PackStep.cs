using System.Collections.Immutable;
using Sweeper.Cluster.Status;

namespace Sweeper.Cluster;

/// <summary>How far a pack is.</summary>
/// <param name="Step">Optimizer steps done.</param>
/// <param name="LastStep">Steps in all; 0 before the first report.</param>
/// <param name="Alive">Trials that have not diverged.</param>
/// <param name="Headline">The headline against step, mean over trials; at most <see cref="Worker.PackGauge.LongestCurve"/> points.</param>
internal sealed record PackStep(long Step, long LastStep, int Alive, ImmutableArray<CurvePoint> Headline)
{
    /// <summary>Nothing was heard yet.</summary>
    public static PackStep None { get; } = new(0, 0, 0, []);
}
