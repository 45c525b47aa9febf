namespace Sweeper.Core.Errors;

/// <summary>What a `sweeper` process says by ending; scripts and schedulers rely on these numbers.</summary>
public enum ExitCode
{
    /// <summary>All that was asked for is committed; also: there was nothing to do.</summary>
    Done = 0,
    /// <summary>A defect of Sweeper itself.</summary>
    Internal = 1,
    /// <summary>A wrong command line or sweep file.</summary>
    Usage = 2,
    /// <summary>More trials failed than `allow_failed` permits.</summary>
    FailedTrials = 3,
    /// <summary>Stopped early on request; `sweeper run` continues.</summary>
    Stopped = 4,
    /// <summary>The folder, disk, library or device is not fit to start or go on.</summary>
    Preflight = 5,
    /// <summary>The first packs all failed alike: paused before more time is spent.</summary>
    CircuitBreaker = 6,
    /// <summary>
    /// A claim of the sweep file fails without a stated cause, or holds for changed results; or a trial does not give the same rows again.
    /// </summary>
    ClaimFailed = 7,
    /// <summary>Preempted: requeue me.</summary>
    Preempted = 75,
    /// <summary>A second Ctrl-C: ended at once.</summary>
    Killed = 130,
}
