using Sweeper.Cluster.Hosting;

namespace Sweeper.Running.Addresses;

/// <summary>Where nodes of this process listen, chosen anew for every node: a host may have another address than before.</summary>
internal static class NodePlace
{
    /// <summary>Of a coordinator.</summary>
    public static async Task<NodeListener> OfCoordinatorAsync(ListenRequest asked) =>
        AddressRule.Choose(asked, await HostAddresses.ReadAsync());

    /// <summary>Of a coordinator whose address was given to others before it started: it may stand for something in front of it.</summary>
    public static async Task<NodeListener> OfCoordinatorAsync(ListenRequest asked, NodeAddress given)
    {
        var chosen = await OfCoordinatorAsync(asked with { Advertise = given.Host.Trim('[', ']') });
        return chosen with { Port = asked.Port == 0 ? given.Port : asked.Port, AdvertisedPort = given.Port };
    }

    /// <summary>Of a worker or client.</summary>
    public static async Task<NodeListener> OfMemberAsync(ListenRequest asked, NodeAddress coordinator) =>
        AddressRule.Choose(asked, await HostAddresses.ReadAsync(), await HostAddresses.TowardsAsync(coordinator));
}
