using System.Collections.Immutable;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Sweeper.Cluster.Hosting;

namespace Sweeper.Running.Addresses;

/// <summary>What <see cref="AddressRule"/> is told of this host.</summary>
/// <param name="Own">Addresses of its interfaces, in the system's order.</param>
/// <param name="OfName">What the host's name stands for; empty when it stands for nothing.</param>
internal sealed record HostAddresses(ImmutableArray<OwnAddress> Own, ImmutableArray<IPAddress> OfName)
{
    /// <summary>A resolver that nobody answers would take ten seconds, and there are other addresses.</summary>
    private static readonly TimeSpan NamePatience = TimeSpan.FromSeconds(2);

    /// <summary>Port of the route that is asked for: nothing is sent there.</summary>
    private const int Discard = 9;

    /// <summary>Of this host, now.</summary>
    public static async Task<HostAddresses> ReadAsync() => new(
        [
            .. from one in NetworkInterface.GetAllNetworkInterfaces()
               where one.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown
               let properties = one.GetIPProperties()
               let hasGateway = properties.GatewayAddresses.Any(gateway => !gateway.Address.Equals(IPAddress.Any))
               from own in properties.UnicastAddresses
               select new OwnAddress(own.Address, hasGateway),
        ],
        await ResolveAsync(Environment.MachineName));

    /// <summary>The address of this host that a route to another node begins with; null where there is no route, or no such name.</summary>
    public static async Task<IPAddress?> TowardsAsync(NodeAddress other)
    {
        foreach (var address in await ResolveAsync(other.Host))
        {
            try
            {
                using var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
                socket.Connect(address, Discard);
                return ((IPEndPoint)socket.LocalEndPoint!).Address;
            }
            catch (SocketException)
            {
                // No route to this one.
            }
        }

        return null;
    }

    private static async Task<ImmutableArray<IPAddress>> ResolveAsync(string name)
    {
        try
        {
            using var patience = new CancellationTokenSource(NamePatience);
            return [.. await Dns.GetHostAddressesAsync(name, patience.Token)];
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException or ArgumentException)
        {
            return [];
        }
    }
}
