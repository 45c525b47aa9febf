using System.Collections.Immutable;

namespace Sweeper.Preflight;

/// <summary>What a node finds out about itself.</summary>
/// <param name="Node">Its name.</param>
/// <param name="Address">Where the others shall reach it.</param>
/// <param name="Port">The port on which it waits for them.</param>
/// <param name="Sweeper">Version of this program.</param>
/// <param name="Libtorch">Version of libtorch and its binding; empty where it cannot be loaded.</param>
/// <param name="Devices">Devices that would train: GPUs, or else `cpu`.</param>
/// <param name="Gpus">Name and memory of each GPU.</param>
/// <param name="Numerics">What numbers of these devices depend on.</param>
/// <param name="Processors">Cores.</param>
/// <param name="Memory">Bytes that processes may still take; null where nothing tells.</param>
/// <param name="Free">Free bytes of the shared folder, as this node sees it.</param>
/// <param name="Skew">Seconds by which this node's clock is ahead of the shared folder's.</param>
/// <param name="Faults">What is wrong with it.</param>
internal sealed record NodeFacts(
    string Node, string Address, int Port, string Sweeper, string Libtorch, ImmutableArray<string> Devices, ImmutableArray<string> Gpus,
    ImmutableArray<string> Numerics, int Processors, long? Memory, long Free, double Skew, ImmutableArray<NodeFault> Faults);

/// <summary>Something that will not do.</summary>
/// <param name="Problem">What.</param>
/// <param name="Remedy">What to do about it.</param>
internal sealed record NodeFault(string Problem, string Remedy);
