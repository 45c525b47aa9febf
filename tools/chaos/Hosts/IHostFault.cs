namespace Sweeper.Chaos.Hosts;

/// <summary>Something that goes wrong with a host or the network between hosts.</summary>
internal interface IHostFault
{
    /// <summary>For people, and unique.</summary>
    string Name { get; }

    /// <summary>
    /// Makes it happen, and ends it. Returns the hosts that it met, whose workers must be at work again soon.
    /// </summary>
    Task<int[]> StrikeAsync(HostsCluster cluster, Random random, CancellationToken over);
}
