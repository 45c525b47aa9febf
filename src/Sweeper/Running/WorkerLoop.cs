using Sweeper.Cluster.Hosting;
using Sweeper.Cluster.Worker;
using Sweeper.Composition;
using Sweeper.Core.Errors;
using Sweeper.Running.Addresses;

namespace Sweeper.Running;

/// <summary>`sweeper worker`: trains for the coordinator of the day until it is told to stop.</summary>
/// <param name="cluster">Where the coordinator is.</param>
/// <param name="listen">Where its nodes listen, as far as that is not chosen.</param>
/// <param name="worker">Who this is.</param>
/// <param name="logs">Folder of its log.</param>
/// <param name="say">Told in a line what happens.</param>
internal sealed class WorkerLoop(ClusterFile cluster, ListenRequest listen, WorkerDefinition worker, string logs, Action<string> say)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>What it returns when the coordinator has sent it away.</summary>
    public ExitCode WhenDrained { get; init; } = ExitCode.Preempted;

    /// <summary>Returns once it has left: 75, which schedulers take for "start me again".</summary>
    public async Task<ExitCode> RunAsync(StopSignals stop)
    {
        var isDrained = false;
        using var log = new Logs(logs, Logs.WorkerName(worker.Name));
        if (!cluster.Exists)
        {
            say($"{worker.Name} waits for a coordinator: there is no {cluster.Path} yet");
        }

        try
        {
            // Nodes come and go with coordinators; this trains on.
            using var life = new WorkerLife(
                worker with { Dismissed = Leave, Waits = reason => say($"{worker.Name}: {reason}") });
            await new Membership(
                cluster, listen, new SweeperNodeOptions { Catalog = CompositionRoot.Experiments, Lives = [life], Say = say },
                log.Factory).RunAsync(
                async (node, coordinator, usable) =>
                {
                    say($"{worker.Name} at {node.Address} works for the coordinator at {coordinator.Address}");
                    await Task.Delay(Timeout.Infinite, usable).ContinueWith(_ => { }, TaskScheduler.Default);
                    if (stop.IsStopping)
                    {
                        await node.LeaveAsync(Grace);
                    }

                    return stop.IsStopping;
                },
                stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsStopping)
        {
            // It had not joined yet.
        }

        say($"{worker.Name} left");
        return isDrained ? WhenDrained : ExitCode.Preempted;

        void Leave()
        {
            isDrained |= !stop.IsStopping;
            stop.Request(ExitCode.Preempted);
        }
    }
}
