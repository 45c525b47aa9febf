using System.Collections.Concurrent;
using Sweeper.Core.Measurements;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;

namespace Sweeper.Cluster.Tests.Fakes;

/// <summary>
/// Measures `seed + 10 lr + 100 depth + step` for every wanted trial at every scheduled step; hooks make it slow, wrong or stuck.
/// </summary>
internal sealed class FakeRunner : IPackRunner
{
    /// <summary>Called before each step is measured; may block or throw.</summary>
    public Action<PackWork, long, CancellationToken> OnStep { get; init; } = (_, _, _) => { };

    /// <summary>Values per trial and step.</summary>
    public int Width { get; init; } = 1;

    /// <summary>Steps at which all trials diverge, or null.</summary>
    public long? DivergesAt { get; init; }

    /// <summary>Bytes of a checkpoint, at least those of its step.</summary>
    public int CheckpointBytes { get; init; } = sizeof(long);

    /// <summary>Step at which the first run that gets there waits until it is asked to pause, or null.</summary>
    public long? AwaitsPauseAt { get; init; }

    /// <summary>Steps that runs began after: -1 for the first.</summary>
    public ConcurrentQueue<long> Began { get; } = [];

    private int hasWaited;

    public PackOutcome Run(PackWork work, IMeasurementSink sink, CancellationToken cancellation, PackPauses? pauses = null)
    {
        var before = pauses?.From is { } content ? BitConverter.ToInt64(content.Span) : -1;
        Began.Enqueue(before);
        foreach (var snapshot in work.Schedule.Snapshots.Where(snapshot => snapshot.Step > before))
        {
            OnStep(work, snapshot.Step, cancellation);
            if (snapshot.Step == AwaitsPauseAt && Interlocked.Exchange(ref hasWaited, 1) == 0)
            {
                WaitHandle.WaitAny([pauses!.Asked.WaitHandle, cancellation.WaitHandle]);
            }

            cancellation.ThrowIfCancellationRequested();
            sink.Progress(snapshot.Step, work.Schedule.Snapshots[^1].Step);
            if (snapshot.Step >= DivergesAt)
            {
                return new PackOutcome([.. work.Wanted.Select(trial => new Divergence(trial, snapshot.Step))]);
            }

            var values = work.Wanted.SelectMany(trial => Enumerable.Repeat(Value(work, trial, snapshot.Step), Width)).ToArray();
            sink.Write(new MeasurementBlock(
                snapshot.Step, new SeriesKey(MeasurementSource.Run, "loss", "train", ""), work.Wanted.ToArray(), Width, values));
            if (snapshot != work.Schedule.Snapshots[^1]
                && (pauses?.Every == TimeSpan.Zero || pauses?.Asked.IsCancellationRequested is true))
            {
                var checkpoint = new byte[CheckpointBytes];
                BitConverter.TryWriteBytes(checkpoint, snapshot.Step);
                return new PackOutcome([]) { Checkpoint = new PackCheckpoint(snapshot.Step, checkpoint) };
            }
        }

        return new PackOutcome([]);
    }

    public static double Value(PackWork work, int trial, long step) =>
        work.Trials[trial].Seed + 10 * work.Trials[trial].Point.Real("lr") + 100 * work.Trials[trial].Point.Integer("depth") + step;
}
