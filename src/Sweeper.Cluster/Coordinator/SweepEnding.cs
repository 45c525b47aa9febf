using Sweeper.Cluster.Status;

namespace Sweeper.Cluster.Coordinator;

/// <summary>How a sweep ends.</summary>
internal sealed record SweepEnding(SweepState State, Fault? Fault);
