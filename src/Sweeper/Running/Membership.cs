using Microsoft.Extensions.Logging;
using Sweeper.Cluster.Hosting;
using Sweeper.Running.Addresses;
using Sweeper.Core.Errors;

namespace Sweeper.Running;

/// <summary>
/// A node that belongs to the coordinator of the day. A cluster cannot be changed, so for every new coordinator there is a
/// new node; likewise when the coordinator has given this one up (it slept, or was cut off).
/// </summary>
/// <param name="cluster">Where the coordinator is.</param>
/// <param name="listen">Where the node listens, as far as that is not chosen.</param>
/// <param name="options">What the node does; the coordinator's address and credential are filled in.</param>
/// <param name="logs">For the node.</param>
internal sealed class Membership(ClusterFile cluster, ListenRequest listen, SweeperNodeOptions options, ILoggerFactory logs)
{
    /// <summary>
    /// Calls <paramref name="work"/> with a node until it says that it is done. The token it gets is cancelled when the node is
    /// no longer of use; throws <see cref="OperationCanceledException"/> once <paramref name="cancellation"/> is.
    /// </summary>
    public async Task RunAsync(Func<SweeperNode, Rendezvous, CancellationToken, Task<bool>> work, CancellationToken cancellation)
    {
        for (var isDone = false; !isDone;)
        {
            var joined = await cluster.NextAsync(null, cancellation);
            var listener = await NodePlace.OfMemberAsync(listen, joined.Address);
            var node = await SweeperNode.StartAsync(
                options with { Join = joined.Address, Credential = joined.Credential, Listener = listener }, logs, cancellation);
            var address = node.Address;
            using var usable = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var next = cluster.NextAsync(joined, usable.Token);
            var working = work(node, joined, usable.Token);
            await Task.WhenAny(working, next, node.Removed);
            await usable.CancelAsync();
            try
            {
                isDone = await working;
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                // There is another coordinator, or the same one is joined anew: what was asked of a node that ends is cancelled, too.
            }
            finally
            {
                await (next.IsCompletedSuccessfully || node.Removed.IsCompleted ? node.AbandonAsync() : node.DisposeAsync());
            }

            if (node.Refusal is { } reason)
            {
                throw Unreachable(joined, address, reason);
            }
        }
    }

    private SweepException Unreachable(Rendezvous coordinator, NodeAddress own, string reason) => new(
        ExitCode.Preflight,
        $"this host reaches the coordinator at {coordinator.Address}, which cannot reach it at {own}: {reason}",
        "--advertise a name or address by which the coordinator's host reaches this one, with --port one that a firewall lets through; "
        + "--bind 0.0.0.0 listens at all addresses.", cluster.Path);
}
