using Sweeper.Cluster.Hosting;
using Sweeper.Core.Errors;

namespace Sweeper.Composition;

/// <summary>A short talk with the coordinator that a cluster file names.</summary>
internal static class CoordinatorTalk
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Calls <paramref name="hear"/> with each of its answers. Throws <see cref="SweepException"/> (preflight) where there is no
    /// coordinator, or none that goes on answering.
    /// </summary>
    public static async Task HearAsync<T>(ClusterFile cluster, Func<SweepClient, CancellationToken, IAsyncEnumerable<T>> ask, Action<T> hear)
    {
        var coordinator = cluster.Existing();
        using var patience = new CancellationTokenSource(Patience);
        using var logs = new Logs(Path.Combine(Path.GetDirectoryName(cluster.Path)!, "logs"), "client");
        try
        {
            await new Membership(cluster, new SweeperNodeOptions { Catalog = House.Experiments }, logs.Factory).RunAsync(
                async (node, _, usable) =>
                {
                    await foreach (var answer in ask(node.Client, usable))
                    {
                        patience.CancelAfter(Patience);
                        hear(answer);
                    }

                    return true;
                },
                patience.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            throw new SweepException(
                ExitCode.Preflight, $"the coordinator at {coordinator.Host}:{coordinator.Port} does not answer",
                $"See whether its process {coordinator.Process} lives; started again, it goes on where it was.", cluster.Path);
        }
    }
}
