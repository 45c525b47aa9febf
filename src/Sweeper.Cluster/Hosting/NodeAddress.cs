namespace Sweeper.Cluster.Hosting;

/// <summary>Where a node can be reached.</summary>
/// <param name="Host">Name or address; an IPv6 address in brackets.</param>
/// <param name="Port">TCP port.</param>
public sealed record NodeAddress(string Host, int Port)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Host}:{Port}";
}
