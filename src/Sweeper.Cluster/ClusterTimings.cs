namespace Sweeper.Cluster;

/// <summary>How long actors wait for one another, and how much may be under way.</summary>
internal sealed record ClusterTimings
{
    /// <summary>Silence after which a lease is lost.</summary>
    public TimeSpan LeaseTime { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a worker whose node is gone may take to come back with another one, before its lease is lost.</summary>
    public TimeSpan ReturnTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a worker renews its lease and repeats what is unanswered.</summary>
    public TimeSpan RenewEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often an idle worker asks, and how often coordinator and aggregator look at what is unanswered.</summary>
    public TimeSpan AskEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long lines for the journal that nobody waits for may wait for others.</summary>
    public TimeSpan SaveWithin { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How often a member knocks at its coordinator's door.</summary>
    public TimeSpan KnockEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Pause before a coordinator or aggregator that stopped is made anew.</summary>
    public TimeSpan RestartAfter { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How often a coordinator tries to open what it could not open at its start.</summary>
    public TimeSpan TryAgainEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A pack that was trained for less than this is given back at once when its worker is asked to end: it is no great loss.
    /// </summary>
    public TimeSpan WorthPausing { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a worker that is asked to end goes on to reach a checkpoint.</summary>
    public TimeSpan PauseGrace { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a drained worker may take to answer, with its checkpoint committed.</summary>
    public TimeSpan DrainGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Chunks (of at most 64 kB) sent and not acknowledged; a full window holds up training.</summary>
    public int Window { get; init; } = 16;

    /// <summary>
    /// Bytes of measurements that a worker keeps on disk until they are committed, for an aggregator that has to begin again:
    /// some hundred million rows. What measures more is trained again in that case.
    /// </summary>
    public long KeptBytes { get; init; } = 1L << 30;

    /// <summary>
    /// Of the time between two looks of a coordinator, what it cannot have heard anybody in: all of it where it was so long that the
    /// coordinator slept, or waited for a disk.
    /// </summary>
    public TimeSpan Missed(TimeSpan betweenLooks) => betweenLooks > LeaseTime / 2 ? betweenLooks : TimeSpan.Zero;
}
