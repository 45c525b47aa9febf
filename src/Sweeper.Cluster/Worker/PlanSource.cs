using System.Collections.Immutable;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Worker;

/// <summary>A sweep's plan on a worker, expanded from its text when the first pack needs it. Used on the training thread.</summary>
internal sealed class PlanSource(string sweep, string text, IExperimentCatalog catalog)
{
    private readonly Lazy<SweepPlan> plan = new(() => SweepPlan.Parse(text, catalog));

    /// <summary>Key of the sweep.</summary>
    public string Sweep => sweep;

    /// <summary>What to train and measure of a pack.</summary>
    public PackWork WorkFor(Pack pack, ImmutableArray<int> wanted) =>
        plan.Value.WorkFor(pack, static (_, _) => true) with { Wanted = wanted };
}
