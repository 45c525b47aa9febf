namespace Sweeper.Cluster.Coordinator;

/// <summary>Files of a sweep are derived, or could not be.</summary>
internal sealed record DeriveEnded(string Sweep, Exception? Failure);
