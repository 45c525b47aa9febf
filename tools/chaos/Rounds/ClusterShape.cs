namespace Sweeper.Chaos.Rounds;

/// <summary>Which processes train a sweep.</summary>
internal enum ClusterShape
{
    /// <summary>A coordinator, three workers, and a client that submits.</summary>
    Cluster,

    /// <summary>`sweeper run`.</summary>
    OneProcess,
}
