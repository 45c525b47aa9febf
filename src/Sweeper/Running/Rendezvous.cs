using Sweeper.Cluster.Hosting;
using Sweeper.Cluster.Security;

namespace Sweeper.Running;

/// <summary>What a cluster file says: of the coordinator that published it, or of the one that is to use it.</summary>
/// <param name="Host">Where it is.</param>
/// <param name="Port">Its port.</param>
/// <param name="Epoch">How many coordinators have published here; 0 in a file that was made before any.</param>
/// <param name="Process">Its process id; 0 in a file that was made before any.</param>
/// <param name="Started">When, for people.</param>
/// <param name="Group">Name of the group that may read it, too; null: only its owner may.</param>
/// <param name="Credential">What makes whoever reads this a member of its cluster. Null: an older version wrote it.</param>
internal sealed record Rendezvous(
    string Host, int Port, long Epoch, int Process, DateTimeOffset Started, string? Group, ClusterCredential? Credential)
{
    /// <summary>The host that it runs on; null where the file does not know.</summary>
    public string? Machine { get; init; }

    /// <summary>Number of the SLURM job that it runs in; null: none.</summary>
    public string? Job { get; init; }

    /// <summary>
    /// Whether the file was made before any coordinator, by `sweeper cluster-file`: whoever is its coordinator uses address and
    /// certificate as they stand there, and does not replace it.
    /// </summary>
    public bool IsFixed { get; init; }

    /// <summary>Where it can be reached.</summary>
    public NodeAddress Address => new(Host, Port);
}
