using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Sweeper.Cluster.Hosting;

namespace Sweeper.Running.Addresses;

/// <summary>
/// At which address a node listens, and which one it gives to others. It gives an address rather than the host's name, which other
/// hosts may not be able to resolve, and listens at no other one, so that it is not reached from networks that nobody thought of. Pure.
/// </summary>
internal static class AddressRule
{
    /// <summary>For a node that others call.</summary>
    /// <param name="asked">What the command line says; that is done, and decides what else is chosen.</param>
    /// <param name="host">This host.</param>
    /// <param name="towards">
    /// The own address with which a route to the coordinator begins; null for a coordinator, or where there is no route.
    /// </param>
    public static NodeListener Choose(ListenRequest asked, HostAddresses host, IPAddress? towards = null)
    {
        var advertise = asked.Advertise ?? Text(asked.Bind switch
        {
            null => Reachable(host, towards, _ => true),
            { } any when IsAny(any) =>
                Reachable(host, towards, address => any.Equals(IPAddress.IPv6Any) || address.AddressFamily == any.AddressFamily),
            var one => one,
        });
        var bind = asked.Bind
            ?? (IPAddress.TryParse(advertise, out var own) && host.Own.Any(one => one.Address.Equals(own)) ? own : Everything(host));
        return new NodeListener(Text(bind), asked.Port, advertise, 0);
    }

    /// <summary>
    /// The way to the coordinator, if there is one; else what the host's name stands for, if that is an address of the host that others
    /// can know; else the first such address, those of interfaces with a gateway first and IPv4 before IPv6; else loopback.
    /// </summary>
    private static IPAddress Reachable(HostAddresses host, IPAddress? towards, Func<IPAddress, bool> fits)
    {
        ImmutableArray<IPAddress> global =
        [
            .. host.Own.Where(one => IsGlobal(one.Address)).OrderBy(one => !one.HasGateway)
                .ThenBy(one => one.Address.AddressFamily != AddressFamily.InterNetwork).Select(one => one.Address),
        ];
        return new[] { towards }.OfType<IPAddress>()
            .Concat(host.OfName.Where(global.Contains).OrderBy(address => address.AddressFamily != AddressFamily.InterNetwork))
            .Concat(global).Where(fits)
            .FirstOrDefault(fits(IPAddress.Loopback) ? IPAddress.Loopback : IPAddress.IPv6Loopback);
    }

    private static bool IsGlobal(IPAddress address) =>
        !IPAddress.IsLoopback(address) && !IsAny(address) && address is { IsIPv6LinkLocal: false, IsIPv6Multicast: false }
            && !IsLinkLocal(address);

    /// <summary>169.254.0.0/16, RFC 3927: what a host gives itself when nobody else does.</summary>
    private static bool IsLinkLocal(IPAddress address) => address.GetAddressBytes() is [169, 254, _, _];

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    /// <summary>`::` takes IPv4, too, where the kernel knows IPv6 at all.</summary>
    private static IPAddress Everything(HostAddresses host) =>
        host.Own.Any(one => one.Address.AddressFamily == AddressFamily.InterNetworkV6) ? IPAddress.IPv6Any : IPAddress.Any;

    private static string Text(IPAddress address) => address.ToString();
}
