namespace Sweeper.Simulation.Tests;

/// <summary>Something that goes wrong.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">What.</param>
/// <param name="Worker">Which worker it is about, if it is about one.</param>
/// <param name="For">How long.</param>
internal sealed record InjectedFault(TimeSpan At, FaultKind Kind, int Worker, TimeSpan For)
{
    public override string ToString() => $"{At.TotalSeconds:0.000} s: {Kind}, worker {Worker}, for {For.TotalSeconds:0.000} s";
}

internal enum FaultKind
{
    /// <summary>The coordinator's process is killed, and started again later.</summary>
    CrashCoordinator,
    /// <summary>It sleeps.</summary>
    SleepCoordinator,
    /// <summary>It sleeps, and another one is started meanwhile, on a file system without locks.</summary>
    ReplaceCoordinator,
    /// <summary>Its aggregator throws.</summary>
    KillAggregator,
    /// <summary>A worker's process is killed, and started again later.</summary>
    CrashWorker,
    /// <summary>It sleeps.</summary>
    SleepWorker,
    /// <summary>A worker's node ends, and another one begins.</summary>
    RenewNode,
    /// <summary>A worker and the coordinator do not reach each other.</summary>
    CutBoth,
    /// <summary>A worker does not reach the coordinator.</summary>
    CutToCoordinator,
    /// <summary>The coordinator does not reach a worker.</summary>
    CutToWorker,
    /// <summary>Of the messages between processes a third is lost.</summary>
    LoseMessages,
    /// <summary>Of them half come twice.</summary>
    DoubleMessages,
    /// <summary>Of them half are overtaken by later ones.</summary>
    DelayMessages,
    /// <summary>The disk is full.</summary>
    FillDisk,
    /// <summary>Every sync takes seconds.</summary>
    SlowDisk,
    /// <summary>A training throws.</summary>
    FailTraining,
    /// <summary>A training finds too little memory.</summary>
    FillMemory,
}
