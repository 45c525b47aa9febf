namespace Sweeper.Chaos.Hosts;

/// <summary>A host's cable has a loose contact: cut for two seconds, whole for two, and again.</summary>
internal sealed record Flapping(int Times) : IHostFault
{
    private static readonly TimeSpan Half = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public string Name => $"{Times} cuts of a worker's host of {Half.TotalSeconds:0} s each";

    /// <inheritdoc/>
    public async Task<int[]> StrikeAsync(HostsCluster cluster, Random random, CancellationToken over)
    {
        var host = random.GetItems(cluster.OtherHosts, 1)[0];
        for (var time = 0; time < Times; time++)
        {
            cluster.Lab.Switch.SetAll(host, LinkRule.Cut);
            await Wait.ForAsync(Half, over);
            cluster.Lab.Switch.Heal();
            await Wait.ForAsync(Half, over);
        }

        return [host];
    }
}
