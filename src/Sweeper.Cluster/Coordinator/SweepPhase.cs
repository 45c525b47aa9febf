namespace Sweeper.Cluster.Coordinator;

/// <summary>Where a coordinator is with its sweep.</summary>
internal enum SweepPhase
{
    /// <summary>Packs are given out.</summary>
    Active,
    /// <summary>No more are; workers are asked to stop.</summary>
    Stopping,
    /// <summary>Everything is in; files are derived.</summary>
    Deriving,
    /// <summary>The aggregator is told to end.</summary>
    Closing,
    /// <summary>The folder is released.</summary>
    Over,
}
