using System.Collections.Immutable;
using Sweeper.Cluster.Security;
using Sweeper.Cluster.Worker;
using Sweeper.Core.Ports;

namespace Sweeper.Cluster.Hosting;

/// <summary>What a node is started with; the composition root fills the ports.</summary>
public sealed record SweeperNodeOptions
{
    /// <summary>The experiments of this build.</summary>
    public required IExperimentCatalog Catalog { get; init; }

    /// <summary>Opens results folders: makes this node a coordinator. Null on nodes that only train or ask.</summary>
    public ISweepFolders? Folders { get; init; }

    /// <summary>Sweeps that a coordinator takes up when it starts, because the one before it had not finished them.</summary>
    public ISubmissionStore Submissions { get; init; } = new NoSubmissionStore();

    /// <summary>
    /// Whether workers of an earlier coordinator can find this one and go on with the packs that it gave them. Where they cannot,
    /// nobody waits for them.
    /// </summary>
    public bool WorkersReturn { get; init; } = true;

    /// <summary>The workers of this node, one for each device; they end with it.</summary>
    public ImmutableArray<WorkerDefinition> Workers { get; init; } = [];

    /// <summary>Workers that outlive this node: it works for them, and whoever made them ends them.</summary>
    public ImmutableArray<WorkerLife> Lives { get; init; } = [];

    /// <summary>
    /// What the members of its cluster show one another. Null: a coordinator and its workers in one process, which opens no port.
    /// </summary>
    public ClusterCredential? Credential { get; init; }

    /// <summary>Where it listens, if it is a member of a cluster.</summary>
    public NodeListener Listener { get; init; } = NodeListener.Loopback;

    /// <summary>The coordinator of the cluster to join; null for one that begins its own.</summary>
    public NodeAddress? Join { get; init; }

    /// <summary>Told in a line what a person in front of the node should know.</summary>
    public Action<string> Say { get; init; } = _ => { };

    internal ClusterTimings Timings { get; init; } = new();

    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    private sealed class NoSubmissionStore : ISubmissionStore
    {
        public ImmutableArray<Submission> Load() => [];

        public void Save(ImmutableArray<Submission> submissions)
        {
        }
    }
}
