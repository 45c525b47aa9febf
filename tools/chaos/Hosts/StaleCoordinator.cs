using Sweeper.Chaos.Processes;

namespace Sweeper.Chaos.Hosts;

/// <summary>
/// The coordinator stands still, and its host is cut off if so wanted; another one is started elsewhere and goes on; then the old one
/// wakes up, and must find that its time is over.
/// </summary>
/// <param name="IsCutOff">Whether nobody reaches it meanwhile.</param>
internal sealed record StaleCoordinator(bool IsCutOff) : IHostFault
{
    private const int Replaced = 5;
    private static readonly TimeSpan BeforeSuccessor = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Together = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public string Name => $"the coordinator stands still{(IsCutOff ? ", cut off" : "")}, another takes its place, and it wakes up";

    /// <inheritdoc/>
    public async Task<int[]> StrikeAsync(HostsCluster cluster, Random random, CancellationToken over)
    {
        var host = random.GetItems(cluster.OtherHosts, 1)[0];
        var life = cluster.Coordinator.Process;
        life?.Send(Signal.Stop);
        if (IsCutOff)
        {
            cluster.Lab.Switch.SetAll(cluster.Coordinator.Host, LinkRule.Cut);
        }

        await Wait.ForAsync(BeforeSuccessor, over);
        var old = cluster.Succeed(host);
        await Wait.ForAsync(Together, over);
        cluster.Lab.Switch.Heal();
        var ended = old.ReplaceAsync(Replaced);
        life?.Send(Signal.Continue);
        if (await Task.WhenAny(ended, Task.Delay(Patience, CancellationToken.None)) != ended)
        {
            cluster.Complain(
                $"{old.Name} goes on {Patience.TotalSeconds:0} s after it woke up and found another in its place: {old.LastWords}");
            life?.Kill();
        }

        return [.. cluster.Lab.Switch.Hosts];
    }
}
