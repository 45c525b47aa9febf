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
    /// <param name="session">The sweep.</param>
    /// <param name="phase">How far it is.</param>
    /// <param name="ending">How it ends, once that is known.</param>
    /// <param name="workers">Who is there.</param>
    /// <param name="trainedBy">Name of the sweep that a worker trains, or null.</param>
    public static SweepStatus Of(
        string submission, SweepSession session, SweepPhase phase, SweepEnding? ending, WorkerRegister workers, Func<string, string?> trainedBy)
    {
        var ledger = session.Ledger;
        var trials = ledger.Count();
        var packs = ledger.CountPacks();
        var state = phase switch
        {
            SweepPhase.Over => ending!.State,
            SweepPhase.Deriving => SweepState.Deriving,
            _ when ledger.Leases.Count == 0 && ledger.HasPending => SweepState.Waiting,
            _ => SweepState.Running,
        };
        return new SweepStatus(
            submission, session.Plan.Name, state, trials, packs.All, packs.Done,
            Forecast.Of(ledger, session.Pace, workers.All.Count(worker =>
                worker.Reason is null && (trainedBy(worker.Name) ?? session.Plan.Name) == session.Plan.Name)),
            [.. ledger.Leases.Values.OrderBy(lease => lease.Number).Take(LongestList).Select((lease, place) => Progress(ledger, lease, place < MostCurves))],
            [.. workers.All.Take(LongestList).Select(worker => new WorkerStatus(
                worker.Name, worker.Ready?.Device ?? "", ledger.LeaseOf(worker.Name) is not null ? null
                    : trainedBy(worker.Name) is { } other ? $"trains sweep '{other}'"
                    : worker.Reason ?? "idle"))],
            state == SweepState.Waiting ? Refused(workers) : Warning(trials),
            ending?.Fault,
            phase == SweepPhase.Over ? Exit(ending!, trials.Failed, session.Plan.AllowFailed) : null);
    }

    private static PackProgress Progress(SweepLedger ledger, Lease lease, bool withCurve)
    {
        var task = ledger.TaskOf(lease);
        var at = lease.Progress;
        return new PackProgress(
            task.Pack.Id, lease.Worker, lease.Attempt, task.Wanted.Length, at.LastStep == 0 ? task.Wanted.Length : at.Alive, at.Step, at.LastStep,
            withCurve ? at.Headline : []);
    }

    /// <summary>Nobody may train: waiting alone mends nothing.</summary>
    private static string? Refused(WorkerRegister workers) =>
        workers.All.Any() && workers.All.All(worker => worker.Reason is not null)
            ? "no worker may train this sweep: " + string.Join("; ", workers.All.Select(worker => $"{worker.Name} {worker.Reason}").Take(3))
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
