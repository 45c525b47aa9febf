namespace Sweeper.Chaos.Hosts;

/// <summary>Frames between hosts are lost or late for a while.</summary>
/// <param name="Name">For people.</param>
/// <param name="Shortest">How long it lasts at least.</param>
/// <param name="Longest">How long at most.</param>
/// <param name="Break">Sets rules; returns the hosts that it meets.</param>
internal sealed record BrokenNetwork(string Name, TimeSpan Shortest, TimeSpan Longest, Func<HostsCluster, Random, int[]> Break) : IHostFault
{
    /// <inheritdoc/>
    public async Task<int[]> StrikeAsync(HostsCluster cluster, Random random, CancellationToken over)
    {
        var met = Break(cluster, random);
        await Wait.ForAsync(Shortest + (Longest - Shortest) * random.NextDouble(), over);
        cluster.Lab.Switch.Heal();
        return met;
    }
}
