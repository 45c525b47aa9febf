using System.Diagnostics.CodeAnalysis;
using Sweeper.Core.Packing;

namespace Sweeper.Cluster.Worker;

/// <summary>One pack for a training thread; looked at by the worker actor meanwhile.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A source without timer or wait handle holds nothing; a late Cancel must not throw.")]
internal sealed class TrainingJob
{
    private readonly CancellationTokenSource cancel = new();
    private readonly Func<PackWork> work;
    private volatile PackGauge? gauge;

    /// <param name="stream">Where its chunks go.</param>
    /// <param name="work">Computes the work, on the training thread.</param>
    /// <param name="appended">Called, on the training thread, when there is a chunk to send.</param>
    /// <param name="ended">Called, on the training thread, at the end.</param>
    public TrainingJob(ChunkStream stream, Func<PackWork> work, Action appended, Action<TrainingResult> ended)
    {
        this.work = work;
        Ended = ended;
        // Made here, not when first asked for: two threads ask, and rows written to a second sink would be lost.
        Sink = new ChunkSink(stream, appended, cancel.Token);
    }

    /// <summary>Cuts measurements into chunks.</summary>
    public ChunkSink Sink { get; }

    /// <summary>What the runner writes to, and displays read; null until the work is computed.</summary>
    public PackGauge? Gauge => gauge;

    /// <summary>Set by <see cref="Cancel"/>.</summary>
    public CancellationToken Cancellation => cancel.Token;

    /// <summary>Reports the end.</summary>
    public Action<TrainingResult> Ended { get; }

    /// <summary>Computes the work. Called once, on the training thread.</summary>
    public PackWork Begin()
    {
        var begun = work();
        gauge = new PackGauge(begun, Sink);
        return begun;
    }

    /// <summary>Asks the runner to stop, and frees it from a full window.</summary>
    public void Cancel() => cancel.Cancel();
}
