using Sweeper.Cluster.Hosting;
using Sweeper.Cluster.Security;

namespace Sweeper.Composition;

/// <summary>What a coordinator publishes.</summary>
/// <param name="Host">Where it is.</param>
/// <param name="Port">Its port.</param>
/// <param name="Epoch">How many coordinators have published here.</param>
/// <param name="Process">Its process id.</param>
/// <param name="Started">When, for people.</param>
/// <param name="Group">Name of the group that may read it, too; null: only its owner may.</param>
/// <param name="Credential">What makes whoever reads this a member of its cluster. Null: an older version wrote it.</param>
internal sealed record Rendezvous(string Host, int Port, long Epoch, int Process, DateTimeOffset Started, string? Group, ClusterCredential? Credential)
{
    /// <summary>Where it can be reached.</summary>
    public NodeAddress Address => new(Host, Port);
}
