using System.Net;
using System.Net.Sockets;
using Sweeper.Core.Errors;

namespace Sweeper.Cluster.Hosting;

/// <summary>
/// Where a node listens, and by which address other nodes call it. The two differ where there is a Service or a gateway in front of it.
/// </summary>
/// <param name="Bind">Address that it listens at; `::` or `0.0.0.0` for all of this host.</param>
/// <param name="Port">TCP port that it listens at; 0: a free one.</param>
/// <param name="Advertise">Name or address that it gives to others.</param>
/// <param name="AdvertisedPort">Port that it gives to others; 0: the one that it listens at.</param>
public sealed record NodeListener(string Bind, int Port, string Advertise, int AdvertisedPort)
{
    /// <summary>For nodes of this machine only, at a free port.</summary>
    public static NodeListener Loopback { get; } = new("127.0.0.1", 0, "127.0.0.1", 0);

    /// <summary>Listens there. Throws <see cref="SweepException"/> (preflight) when this process cannot.</summary>
    public TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Parse(Bind), Port);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException fault)
        {
            listener.Dispose();
            throw new SweepException(
                ExitCode.Preflight, $"{Environment.MachineName} cannot listen at {Bind}, port {Port}: {fault.Message}",
                "--bind names an address of this host, --port a port that is free on it.", inner: fault);
        }
    }

    /// <summary>Throws like <see cref="Listen"/>: Akka would say so on the terminal, over pages.</summary>
    internal void Check() => Listen().Dispose();
}
