using Sweeper.Cluster.Hosting;
using Sweeper.Composition;
using Sweeper.Core.Errors;
using Sweeper.Running.Addresses;

namespace Sweeper.Running;

/// <summary>A short talk with the coordinator that a cluster file names.</summary>
internal static class CoordinatorTalk
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Calls <paramref name="hear"/> with each of its answers. Throws <see cref="SweepException"/> (preflight) where there is no
    /// coordinator, or none that goes on answering.
    /// </summary>
    public static async Task HearAsync<T>(
        ClusterFile cluster, ListenRequest listen, Func<SweepClient, CancellationToken, IAsyncEnumerable<T>> ask, Action<T> hear)
    {
        var coordinator = cluster.Existing();
        using var patience = new CancellationTokenSource(Patience);
        using var logs = new Logs(Logs.Beside(cluster.Path), "client");
        try
        {
            await new Membership(cluster, listen, new SweeperNodeOptions { Catalog = CompositionRoot.Experiments }, logs.Factory).RunAsync(
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
                ExitCode.Preflight, $"the coordinator at {coordinator.Address} does not answer",
                coordinator.IsFixed
                    ? "See whether it runs, and whether this host reaches it; started again, it goes on where it was."
                    : $"See whether {ClusterFile.Coordinator(coordinator)} lives; started again, it goes on where it was.", cluster.Path);
        }
    }
}
