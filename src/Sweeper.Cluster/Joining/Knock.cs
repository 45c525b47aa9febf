namespace Sweeper.Cluster.Joining;

/// <summary>
/// A member asks the coordinator's node whether it is there and can call back; before it joins, and from then on as long as it lives.
/// </summary>
internal sealed record Knock : ISweeperMessage;
