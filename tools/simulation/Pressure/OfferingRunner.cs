using System.Diagnostics;
using Sweeper.Core.Measurements;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;

namespace Sweeper.Simulation.Pressure;

/// <summary>Measures numbers that it makes up, as fast as its sink takes them.</summary>
internal sealed class OfferingRunner : IPackRunner
{
    private static readonly SeriesKey Series = new(MeasurementSource.Run, "mode_strength", "", "");

    /// <summary>Time spent in the sink.</summary>
    public TimeSpan HeldUp { get; private set; }

    /// <inheritdoc/>
    public PackOutcome Run(PackWork work, IMeasurementSink sink, CancellationToken cancellation, PackPauses? pauses = null)
    {
        var trials = Enumerable.Range(0, work.Trials.Length).ToArray();
        var last = work.Schedule.Snapshots[^1].Step;
        foreach (var (step, _) in work.Schedule.Snapshots)
        {
            cancellation.ThrowIfCancellationRequested();
            var values = new double[trials.Length * PressureCase.Width];
            for (var place = 0; place < values.Length; place++)
            {
                values[place] = 1.0 / (1 + place + step);
            }

            var before = Stopwatch.GetTimestamp();
            sink.Write(new MeasurementBlock(step, Series, trials, PressureCase.Width, values));
            sink.Progress(step, last);
            HeldUp += Stopwatch.GetElapsedTime(before);
        }

        return new PackOutcome([]);
    }

    /// <summary>What a runner offers to a sink that takes everything.</summary>
    public static double RowsPerSecondUnhindered(SweepPlan plan)
    {
        var work = plan.WorkFor(plan.Packs[0], (_, _) => true);
        var watch = Stopwatch.StartNew();
        new OfferingRunner().Run(work, new Nowhere(), CancellationToken.None);
        return work.Schedule.Snapshots.Length * (double)work.Trials.Length * PressureCase.Width / watch.Elapsed.TotalSeconds;
    }

    private sealed class Nowhere : IMeasurementSink
    {
        public void Write(PackBlock block)
        {
        }

        public void Progress(long step, long lastStep)
        {
        }
    }
}
