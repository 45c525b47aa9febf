using System.Collections.Immutable;
using Sweeper.Cluster.Status;
using Sweeper.Core.Errors;

namespace Sweeper.Cluster.Coordinator;

/// <summary>Says what a coordinator knows of its sweep.</summary>
internal static class StatusReport
{
    /// <summary>Rows of each list at most: a status travels in one frame.</summary>
    public const int LongestList = 300;

    /// <summary>Packs whose curve is told: more than a screen shows, and few enough for the frame.</summary>
    public const int MostCurves = 12;

    /// <summary>Trials after which "all of them diverge" is worth a warning, unless they are all there are.</summary>
    private const long ManyTrials = 20;

    /// <param name="submission">Whom it is for.</param>
    /// <param name="sweep">The sweep.</param>
    /// <param name="workers">Who is there.</param>
    public static SweepStatus Of(string submission, OpenSweep sweep, ImmutableArray<WorkerSeen> workers)
    {
        var ledger = sweep.Ledger;
        var trials = ledger.Count();
        var packs = ledger.CountPacks();
        var state = sweep.Phase switch
        {
            SweepPhase.Over => sweep.Ending!.State,
            SweepPhase.Deriving => SweepState.Deriving,
            SweepPhase.Active when ledger.Leases.Count == 0 && ledger.HasPending => SweepState.Waiting,
            _ => SweepState.Running,
        };
        return new SweepStatus(
            submission, sweep.Plan.Name, state, trials, packs.All, packs.Done,
            Forecast.Of(
                ledger, sweep.Pace, workers.Count(
                    worker => worker.Reason is null && (worker.Trains ?? sweep.Plan.Name) == sweep.Plan.Name)),
            [.. ledger.Leases.OrderBy(lease => lease.Number).Take(LongestList)
                .Select((lease, place) => Progress(ledger, lease, place < MostCurves))],
            Workers(workers, sweep.Plan.Name),
            state == SweepState.Waiting ? Refused(workers) : Warning(trials),
            sweep.Ending?.Fault,
            sweep.Phase == SweepPhase.Over ? Exit(sweep.Ending!, trials.Failed, sweep.Plan.AllowFailed) : null);
    }

    /// <summary>What workers do, to those who ask about a sweep.</summary>
    public static ImmutableArray<WorkerStatus> Workers(ImmutableArray<WorkerSeen> workers, string sweep) =>
    [
        .. workers.Take(LongestList).Select(worker => new WorkerStatus(
            worker.Name, worker.Device, worker.Trains == sweep ? null
                : worker.Trains is { } other ? $"trains sweep '{other}'"
                : worker.Reason ?? "idle")),
    ];

    private static PackProgress Progress(SweepLedger ledger, Lease lease, bool withCurve)
    {
        var task = ledger.TaskOf(lease);
        var at = lease.Progress;
        return new PackProgress(
            task.Pack.Id, lease.Worker, lease.Attempt, task.Wanted.Length, at.LastStep == 0 ? task.Wanted.Length : at.Alive, at.Step,
            at.LastStep, withCurve ? at.Headline : []);
    }

    /// <summary>Nobody may train: waiting alone mends nothing.</summary>
    private static string? Refused(ImmutableArray<WorkerSeen> workers) =>
        !workers.IsEmpty && workers.All(worker => worker.Reason is not null)
            ? "no worker may train this sweep: " + string.Join("; ", workers.GroupBy(worker => worker.Reason).Take(3)
                .Select(alike => $"{alike.First().Name}{(alike.Count() > 1 ? $" and {alike.Count() - 1} more" : "")} {alike.Key}"))
            : null;

    private static string? Warning(TrialCounts trials) =>
        trials.Committed > 0 && trials.Diverged == trials.Committed && (trials.Committed >= ManyTrials || trials.Committed == trials.Total)
            ? $"all {trials.Committed} committed trials diverged: the learning rate, or the initial scale, is too large everywhere"
            : null;

    private static ExitCode Exit(SweepEnding ending, long failed, long allowFailed) => ending.State switch
    {
        SweepState.Completed => failed > allowFailed ? ExitCode.FailedTrials : ExitCode.Done,
        SweepState.Stopped => ExitCode.Stopped,
        _ => ending.Fault!.ExitCode,
    };
}
