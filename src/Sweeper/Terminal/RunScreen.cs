using System.Collections.Concurrent;
using Spectre.Console;
using Sweeper.Cluster.Status;
using Sweeper.Core.Measurements;
using Sweeper.Inspecting;
using Sweeper.Running;

namespace Sweeper.Terminal;

/// <summary>Shows a sweep's status until it is final: in place on a terminal, in lines elsewhere.</summary>
internal sealed class RunScreen(PlanStatus planStatus, StopSignals stop, TextWriter output)
{
    private readonly ConcurrentQueue<string> notes = new();
    private long? settledBefore;
    private readonly string headline = Headline.Of(planStatus.Plan).ToString();

    /// <summary>Says something beside the status; from any thread. Two writers would tear a live display.</summary>
    public void Say(string line) => notes.Enqueue(line);

    /// <summary>Consumes the stream of statuses and returns the last one.</summary>
    public async Task<SweepStatus> ShowAsync(IAsyncEnumerable<SweepStatus> statuses)
    {
        if (System.Console.IsOutputRedirected || !ReferenceEquals(output, System.Console.Out) || !AnsiConsole.Profile.Capabilities.Ansi)
        {
            return await FeedAsync(statuses, new PlainDisplay(output, TimeProvider.System));
        }

        SweepStatus? last = null;
        await AnsiConsole.Live(new Text("")).StartAsync(async context =>
            last = await FeedAsync(statuses, new LiveRunDisplay(context, AnsiConsole.Console, TimeProvider.System)));
        return last!;
    }

    private async Task<SweepStatus> FeedAsync(IAsyncEnumerable<SweepStatus> statuses, IRunDisplay display)
    {
        SweepStatus? last = null;
        await foreach (var status in statuses)
        {
            last = status;
            while (notes.TryDequeue(out var note))
            {
                display.Say(note);
            }

            display.Show(ViewOf(status));
        }

        return last!;
    }

    /// <summary>What was there before does not count as trained.</summary>
    private RunView ViewOf(SweepStatus status)
    {
        var counts = status.Trials;
        var workers = status.Running.Select(ViewOf).ToList();
        var settled = counts.Committed + counts.Failed;
        settledBefore ??= settled;
        return new RunView(
            planStatus.Plan.Name, Sentence(status, stop), counts.Total, counts.Committed, counts.Diverged, counts.Failed,
            status.Work.Share, settled - settledBefore.Value + workers.Sum(worker => worker.Trials * worker.Fraction), workers)
        {
            Left = status.Work.Left,
            Idle = status.IsFinal ? 0 : status.Workers.Count(worker => worker.Reason is not null),
            Headline = headline,
            IsFinal = status.IsFinal,
            Warning = status.IsFinal ? null : status.Warning,
        };
    }

    private static WorkerView ViewOf(PackProgress pack) => new(
        pack.Worker, pack.Pack.Name[(pack.Pack.Name.LastIndexOf('-') + 1)..], pack.Trials, pack.Alive, pack.Step, pack.LastStep,
        [.. pack.Headline.Select(point => point.Value)]);

    private static string Sentence(SweepStatus status, StopSignals stop) => status.State switch
    {
        _ when stop.IsStopping && !status.IsFinal => "stopping (Ctrl-C again ends at once)",
        SweepState.Waiting when status.Workers.IsEmpty => "waiting for a worker",
        SweepState.Waiting or SweepState.Running => "training",
        SweepState.Deriving => "averaging and drawing",
        SweepState.Completed => "done",
        SweepState.Stopped => "stopped",
        SweepState.Paused => "paused",
        _ => "failed",
    };
}
