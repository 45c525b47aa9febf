namespace Sweeper.Chaos.Hosts;

/// <summary>A host is gone with all its processes, and comes back with another address.</summary>
/// <param name="IsCoordinators">Whether it is the coordinator's.</param>
internal sealed record VanishedHost(bool IsCoordinators) : IHostFault
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(12);

    /// <inheritdoc/>
    public string Name => $"{(IsCoordinators ? "the coordinator's" : "a worker's")} host vanishes and comes back with another address";

    /// <inheritdoc/>
    public async Task<int[]> StrikeAsync(HostsCluster cluster, Random random, CancellationToken over)
    {
        var host = IsCoordinators ? cluster.Coordinator.Host : random.GetItems(cluster.OtherHosts, 1)[0];
        var time = Shortest + (Longest - Shortest) * random.NextDouble();
        var members = cluster.On(host).ToList();
        cluster.Lab.Switch.SetAll(host, LinkRule.Cut);
        members.ForEach(member => member.Hold());
        await Wait.ForAsync(time, over);
        cluster.Lab.MoveElsewhere(host);
        cluster.Lab.Switch.Heal();
        members.ForEach(member => member.Release());
        return IsCoordinators ? [.. cluster.Lab.Switch.Hosts] : [host];
    }
}
