using System.Collections.Concurrent;
using System.Diagnostics;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Core.Measurements;
using Sweeper.Core.Ports;

namespace Sweeper.Cluster.Worker;

/// <summary>
/// The one thread that a device's runner lives on, from its making to its end: no pool, no await, since tensor libraries
/// keep state by thread. An <see cref="OutOfMemoryException"/> of the runner means the device's memory.
/// </summary>
internal sealed class TrainingThread : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly BlockingCollection<TrainingJob> jobs = [];
    private readonly Func<IPackRunner> createRunner;
    private readonly Thread thread;
    private volatile TrainingJob? current;

    /// <param name="name">For debuggers and dumps.</param>
    /// <param name="createRunner">Called once, on the thread, before the first pack.</param>
    public TrainingThread(string name, Func<IPackRunner> createRunner)
    {
        this.createRunner = createRunner;
        thread = new Thread(Work) { Name = $"training {name}", IsBackground = true };
        thread.Start();
    }

    /// <summary>Runs a pack after those before it have ended.</summary>
    public void Start(TrainingJob job) => jobs.Add(job);

    /// <summary>Cancels what runs and waits, within reason, for the thread to end.</summary>
    public void Dispose()
    {
        jobs.CompleteAdding();
        current?.Cancel();
        thread.Join(Patience);
    }

    private void Work()
    {
        IPackRunner? runner = null;
        foreach (var job in jobs.GetConsumingEnumerable())
        {
            current = job;
            if (jobs.IsAddingCompleted)
            {
                break;
            }

            job.End(Run(job, () => runner ??= createRunner()));
        }

        (runner as IDisposable)?.Dispose();
    }

    private static TrainingResult Run(TrainingJob job, Func<IPackRunner> runner)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            job.Cancellation.ThrowIfCancellationRequested();
            var outcome = runner().Run(job.Begin(), job.Gauge!, job.Cancellation, job.Pauses);
            foreach (var piece in outcome.Checkpoint is { } checkpoint ? CheckpointPiece.Of(checkpoint) : [])
            {
                job.Sink.Write(piece);
            }

            job.Sink.Flush();
            return new TrainingResult.Finished(outcome, clock.Elapsed.TotalSeconds);
        }
        catch (OperationCanceledException) when (job.Cancellation.IsCancellationRequested)
        {
            return new TrainingResult.Failed(FailureKind.Drained, new Fault(ExitCode.Stopped, "stopped"));
        }
        catch (OutOfMemoryException exception)
        {
            return new TrainingResult.Failed(FailureKind.OutOfMemory, Fault.From(exception));
        }
        catch (Exception exception)
        {
            return new TrainingResult.Failed(FailureKind.Error, Fault.From(exception), exception);
        }
    }
}
