using System.Diagnostics.CodeAnalysis;
using Sweeper.Core.Packing;

namespace Sweeper.Cluster.Worker;

/// <summary>One pack for a training thread.</summary>
/// <param name="stream">Where its chunks go.</param>
/// <param name="work">Computes the work, on the training thread.</param>
/// <param name="appended">Called, on the training thread, when there is a chunk to send.</param>
/// <param name="ended">Called, on the training thread, at the end.</param>
[SuppressMessage("Design", "CA1001", Justification = "A source without timer or wait handle holds nothing; a late Cancel must not throw.")]
internal sealed class TrainingJob(ChunkStream stream, Func<PackWork> work, Action appended, Action<TrainingResult> ended)
{
    private readonly CancellationTokenSource cancel = new();

    /// <summary>Cuts measurements into chunks.</summary>
    public ChunkSink Sink => field ??= new ChunkSink(stream, appended, cancel.Token);

    /// <summary>What the runner writes to, and displays read; null until the work is computed.</summary>
    public PackGauge? Gauge { get; private set; }

    /// <summary>Set by <see cref="Cancel"/>.</summary>
    public CancellationToken Cancellation => cancel.Token;

    /// <summary>Reports the end.</summary>
    public Action<TrainingResult> Ended => ended;

    /// <summary>Computes the work. Called once, on the training thread.</summary>
    public PackWork Begin()
    {
        var begun = work();
        Gauge = new PackGauge(begun, Sink);
        return begun;
    }

    /// <summary>Asks the runner to stop, and frees it from a full window.</summary>
    public void Cancel() => cancel.Cancel();
}
