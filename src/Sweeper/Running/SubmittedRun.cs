using System.Threading.Channels;
using Sweeper.Cluster.Hosting;
using Sweeper.Cluster.Status;
using Sweeper.Composition;
using Sweeper.Core.Errors;
using Sweeper.Core.Sweeps;
using Sweeper.Inspecting;
using Sweeper.Results.Folders;
using Sweeper.Running.Addresses;
using Sweeper.Terminal;

namespace Sweeper.Running;

/// <summary>`submit`: a sweep in the hands of a coordinator elsewhere, and its status on the screen.</summary>
internal static class SubmittedRun
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    /// <summary>Submits, and watches unless detached; then sends the workers away, if that is asked for.</summary>
    public static async Task<ExitCode> ExecuteAsync(
        SweepPlan plan, string folder, RunScope scope, RunRules rules, ClusterFile cluster, ListenRequest listen,
        bool isDetached, bool drains, TextWriter output)
    {
        CompositionRoot.Check(plan, rules.Engine);
        Provenance.CheckOwner(new ResultFolder(folder), plan.Name, plan.Experiment.Name);
        var planStatus = PlanStatus.Of(plan, folder, scope) with { Asked = rules.Engine };
        CompositionRoot.CheckBegun(planStatus, rules);

        // Where all is committed and a coordinator holds the folder, it is averaging, and can be watched.
        if (planStatus.IsDone && LockHolder.Read(folder) is not { IsAlive: true })
        {
            using var held = HeldFolder.Open(plan, folder, output.WriteLine);
            planStatus = held.Count(plan, scope) with { Asked = rules.Engine };
            if (planStatus.IsDone)
            {
                var found = SweepRun.Finish(held, planStatus, output);
                await DrainAsync();
                return found;
            }
        }

        _ = cluster.Existing();
        using var stop = new StopSignals();
        PlanReport.Write(output, planStatus, isHere: false);
        output.WriteLine();
        using var logs = new Logs(Logs.Beside(cluster.Path), "submit");
        var membership = new Membership(cluster, listen, new SweeperNodeOptions { Catalog = CompositionRoot.Experiments }, logs.Factory);
        var statuses = Channel.CreateUnbounded<SweepStatus>();
        var isAccepted = false;
        try
        {
            var following = membership.RunAsync(FollowAsync, stop.Token).ContinueWith(
                ended => statuses.Writer.Complete(ended.IsCanceled ? new OperationCanceledException() : ended.Exception?.InnerException),
                TaskScheduler.Default);
            if (isDetached)
            {
                await following;
                await statuses.Reader.Completion;
                output.WriteLine($"accepted; `sweeper status {folder} --watch` shows how far it is");
                return ExitCode.Done;
            }

            var end = await new RunScreen(planStatus, stop, output).ShowAsync(WithSilence(statuses.Reader));
            await DrainAsync();
            return SweepRun.Conclude(planStatus, end, output, ExitCode.Stopped);
        }
        catch (OperationCanceledException) when (stop.IsStopping)
        {
            // Its answer may have crossed the signal; what is accepted is in the queue.
            output.WriteLine(isAccepted || new SubmissionFile(cluster.Path).Holds(folder)
                ? $"the sweep goes on; `sweeper status {folder} --watch` shows how far it is"
                : $"nothing was submitted: the coordinator of {cluster.Path} did not answer");
            return stop.ExitCode;
        }

        Task DrainAsync() => drains
            ? CoordinatorTalk.HearAsync(cluster, listen, (client, cancellation) => client.DrainWorkersAsync([], cancellation), _ => { })
            : Task.CompletedTask;

        // A coordinator that began anew is told of the sweep again: it joins what it has found in its queue.
        async Task<bool> FollowAsync(SweeperNode node, Rendezvous coordinator, CancellationToken usable)
        {
            var sweep = await node.Client.SubmitAsync(plan, folder, scope, rules, usable);
            isAccepted = true;
            if (!isDetached)
            {
                await foreach (var status in sweep.WatchAsync(Refresh, usable))
                {
                    await statuses.Writer.WriteAsync(status, usable);
                }
            }

            return true;
        }
    }

    /// <summary>What the coordinator says; while it is silent, what it said last, with a warning.</summary>
    private static async IAsyncEnumerable<SweepStatus> WithSilence(ChannelReader<SweepStatus> statuses)
    {
        SweepStatus? last = null;
        while (true)
        {
            var more = statuses.WaitToReadAsync().AsTask();
            while (last is not null && await Task.WhenAny(more, Task.Delay(Silence)) != more)
            {
                yield return last with
                {
                    Warning = "the coordinator does not answer: the sweep goes on once it is there again, or another one is started",
                };
            }

            if (!await more)
            {
                yield break;
            }

            while (statuses.TryRead(out var status))
            {
                yield return last = status;
            }
        }
    }
}
