using System.Collections.Immutable;
using Sweeper.Cluster.Worker;
using Sweeper.Core.Ports;

namespace Sweeper.Cluster.Hosting;

/// <summary>What a node is started with; the composition root fills the ports.</summary>
public sealed record SweeperNodeOptions
{
    /// <summary>Opens results folders, for the coordinator.</summary>
    public required ISweepFolders Folders { get; init; }

    /// <summary>The experiments of this build.</summary>
    public required IExperimentCatalog Catalog { get; init; }

    /// <summary>The workers of this node, one for each device.</summary>
    public required ImmutableArray<WorkerDefinition> Workers { get; init; }

    internal ClusterTimings Timings { get; init; } = new();

    internal TimeProvider Clock { get; init; } = TimeProvider.System;
}
