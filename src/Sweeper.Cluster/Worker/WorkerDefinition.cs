using Sweeper.Core.Ports;

namespace Sweeper.Cluster.Worker;

/// <summary>A worker: one device and what trains on it.</summary>
/// <param name="Name">
/// Unique in the cluster, and the same after a restart of the process: a worker that begins anew under its name gives its old
/// pack back at once. One whose node begins anew, in a process that lives on, goes on with it (<see cref="WorkerLife"/>).
/// </param>
/// <param name="Device">For displays: `cpu`, `cuda:0`.</param>
/// <param name="Numerics">Engine and version, device class; compared for equality with that of the sweep's first lease.</param>
/// <param name="CreateRunner">
/// Called once, on the worker's training thread. A runner that is disposable is disposed of there. Throws
/// <see cref="OutOfMemoryException"/> from Run when the device's memory is too small for the pack.
/// </param>
public sealed record WorkerDefinition(string Name, string Device, string Numerics, Func<IPackRunner> CreateRunner)
{
    /// <summary>Wall time of training after which a pack pauses after a checkpoint.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Told, once for each, why there is nothing to train at present.</summary>
    public Action<string> Waits { get; init; } = _ => { };

    /// <summary>
    /// Called when the coordinator has no more use for this worker (`sweeper drain`): its process is to leave. Null: it stays.
    /// </summary>
    public Action? Dismissed { get; init; }
}
