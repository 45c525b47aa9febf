namespace Sweeper.Cluster.Hosting;

/// <summary>Where a node listens, and by which address other nodes call it. The two differ where there is a Service or a gateway in front of it.</summary>
/// <param name="Bind">Address that it listens at; `::` or `0.0.0.0` for all of this host.</param>
/// <param name="Port">TCP port that it listens at; 0: a free one.</param>
/// <param name="Advertise">Name or address that it gives to others.</param>
/// <param name="AdvertisedPort">Port that it gives to others; 0: the one that it listens at.</param>
public sealed record NodeListener(string Bind, int Port, string Advertise, int AdvertisedPort)
{
    /// <summary>For nodes of this machine only, at a free port.</summary>
    public static NodeListener Loopback { get; } = new("127.0.0.1", 0, "127.0.0.1", 0);
}
