using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;

namespace Sweeper.Cluster.Worker;

/// <summary>One pack for a training thread; looked at by the worker actor meanwhile.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A source without timer or wait handle holds nothing; a late Cancel must not throw.")]
internal sealed class TrainingJob : ITraining
{
    private readonly CancellationTokenSource cancel = new();
    private readonly CancellationTokenSource pause = new();
    private readonly Func<PackWork> work;
    private readonly Stopwatch trained = new();
    private readonly Action ended;
    private volatile PackGauge? gauge;
    private volatile TrainingResult? result;

    /// <param name="stream">Where its chunks go.</param>
    /// <param name="work">Computes the work, on the training thread.</param>
    /// <param name="appended">Called, on the training thread, when there is a chunk to send.</param>
    /// <param name="ended">Called, on the training thread, when there is a result.</param>
    public TrainingJob(ChunkStream stream, Func<PackWork> work, Action appended, Action ended)
    {
        this.work = work;
        this.ended = ended;
        // Made here, not when first asked for: two threads ask, and rows written to a second sink would be lost.
        Sink = new ChunkSink(stream, appended, cancel.Token);
    }

    /// <summary>Wall time of training after which it pauses; null where it goes on to its end.</summary>
    public TimeSpan? PauseEvery { get; init; }

    /// <summary>The checkpoint that it begins with, read on the training thread; null for the first step.</summary>
    public Func<ReadOnlyMemory<byte>>? From { get; init; }

    /// <summary>What the runner is told of both.</summary>
    public PackPauses? Pauses => PauseEvery is { } every ? new PackPauses(From?.Invoke(), every, pause.Token) : null;

    /// <summary>Cuts measurements into chunks.</summary>
    public ChunkSink Sink { get; }

    /// <summary>What the runner writes to, and displays read; null until the work is computed.</summary>
    public PackGauge? Gauge => gauge;

    /// <summary>Set by <see cref="Cancel"/>.</summary>
    public CancellationToken Cancellation => cancel.Token;

    /// <inheritdoc/>
    public PackStep At => gauge?.Last ?? PackStep.None;

    /// <inheritdoc/>
    public TrainingResult? Result => result;

    /// <summary>Computes the work. Called once, on the training thread.</summary>
    public PackWork Begin()
    {
        var begun = work();
        gauge = new PackGauge(begun, Sink);
        trained.Start();
        return begun;
    }

    /// <summary>It has ended. Called once, on the training thread.</summary>
    public void End(TrainingResult how)
    {
        result = how;
        ended();
    }

    /// <inheritdoc/>
    public bool IsWorthPausing(TimeSpan least) => PauseEvery is not null && trained.Elapsed >= least;

    /// <summary>Asks the runner to pause.</summary>
    public void Pause() => pause.Cancel();

    /// <summary>Asks the runner to stop, and frees it from a full window.</summary>
    public void Cancel() => cancel.Cancel();
}
