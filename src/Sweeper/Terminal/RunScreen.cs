using Spectre.Console;
using Sweeper.Cluster.Status;
using Sweeper.Composition;

namespace Sweeper.Terminal;

/// <summary>Shows a sweep's status until it is final: in place on a terminal, in lines elsewhere.</summary>
internal static class RunScreen
{
    /// <summary>Consumes the stream of statuses and returns the last one.</summary>
    public static async Task<SweepStatus> ShowAsync(Outlook outlook, IAsyncEnumerable<SweepStatus> statuses, StopSignals stop, TextWriter output)
    {
        if (System.Console.IsOutputRedirected || !ReferenceEquals(output, System.Console.Out))
        {
            return await FeedAsync(outlook, statuses, stop, new PlainDisplay(output, TimeProvider.System));
        }

        SweepStatus? last = null;
        await AnsiConsole.Live(new Text("")).StartAsync(async context =>
            last = await FeedAsync(outlook, statuses, stop, new LiveRunDisplay(context, AnsiConsole.Console, TimeProvider.System)));
        return last!;
    }

    private static async Task<SweepStatus> FeedAsync(Outlook outlook, IAsyncEnumerable<SweepStatus> statuses, StopSignals stop, IRunDisplay display)
    {
        SweepStatus? last = null;
        await foreach (var status in statuses)
        {
            last = status;
            display.Show(ViewOf(outlook, status, stop));
        }

        return last!;
    }

    /// <summary>What is new in this run counts; what was there before does not.</summary>
    private static RunView ViewOf(Outlook outlook, SweepStatus status, StopSignals stop)
    {
        var counts = status.Trials;
        var settled = counts.Committed + counts.Failed - (counts.Total - outlook.New);
        var partly = status.Running.Sum(pack => pack.Trials * FractionOf(pack));
        return new RunView(
            outlook.Plan.Name, Sentence(status, stop), counts.Total, counts.Committed, counts.Diverged, counts.Failed,
            Math.Clamp((settled + partly) / outlook.New, 0, 1), outlook.New,
            [.. status.Running.Select(pack => new WorkerView(pack.Worker, $"{pack.Pack}: {pack.Alive} trials, step {pack.Step:#,0}", FractionOf(pack)))]);
    }

    private static double FractionOf(PackProgress pack) => pack.LastStep > 0 ? (double)pack.Step / pack.LastStep : 0;

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
