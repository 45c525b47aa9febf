namespace Sweeper.Cluster.Tests.Coordinator;

/// <summary>What can happen to a lease, and to those who have to do with it.</summary>
internal enum Happening
{
    /// <summary>A worker without a pack asks for one.</summary>
    Ask,
    /// <summary>A worker is alive.</summary>
    Renew,
    /// <summary>Its attempt ends in an error.</summary>
    Error,
    /// <summary>It is given back.</summary>
    Drained,
    /// <summary>The device has too little memory.</summary>
    OutOfMemory,
    /// <summary>Its worker is seen to be gone.</summary>
    Vanish,
    /// <summary>Nobody says anything for longer than a lease lasts.</summary>
    Silence,
    /// <summary>All its rows are staged, and the aggregator asks whether they may be committed; perhaps again, perhaps late.</summary>
    Finish,
    /// <summary>The same, with the rows up to a checkpoint.</summary>
    Pause,
    /// <summary>What was granted is renamed.</summary>
    Publish,
    /// <summary>What was renamed is reported; perhaps again.</summary>
    Report,
    /// <summary>The aggregator dies with what it staged, and the next one asks about the leases.</summary>
    AggregatorDies,
    /// <summary>The coordinator dies with its aggregator, and the next one reads the journal.</summary>
    CoordinatorDies,
}
