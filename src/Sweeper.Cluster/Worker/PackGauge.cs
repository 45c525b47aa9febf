using Sweeper.Cluster.Status;
using Sweeper.Core.Measurements;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;

namespace Sweeper.Cluster.Worker;

/// <summary>
/// Reads off the measurements of a pack, on their way to the sink, how far it is and how its headline goes. Written by the
/// training thread, read by any.
/// </summary>
internal sealed class PackGauge : IMeasurementSink
{
    /// <summary>Points of a curve at most: a renewal stays below a kilobyte.</summary>
    public const int LongestCurve = 24;

    private readonly IMeasurementSink sink;
    private readonly Headline headline;
    private readonly int measurementsPerPoint;
    private SeriesKey? followed;
    private int measured;
    private volatile PackStep last = PackStep.None;

    /// <param name="work">The pack.</param>
    /// <param name="sink">Where its measurements go.</param>
    public PackGauge(PackWork work, IMeasurementSink sink)
    {
        this.sink = sink;
        headline = Headline.Of(work.Schedule);
        var expected = work.Schedule.Snapshots.Count(snapshot => snapshot.Metrics.Any(metric => metric.Name == headline.Metric));
        measurementsPerPoint = (expected + LongestCurve - 1) / LongestCurve;
    }

    /// <summary>How far the pack is.</summary>
    public PackStep Last => last;

    /// <inheritdoc/>
    public void Write(PackBlock block)
    {
        sink.Write(block);
        if (block is not MeasurementBlock measurement)
        {
            return;
        }

        last = last with { Alive = measurement.Trials.Length };
        if (headline.Includes(measurement.Series) && (followed ??= measurement.Series) == measurement.Series)
        {
            Follow(new CurvePoint(measurement.Step, Mean(measurement)));
        }
    }

    /// <inheritdoc/>
    public void Progress(long step, long lastStep)
    {
        sink.Progress(step, lastStep);
        last = last with { Step = step, LastStep = lastStep };
    }

    /// <summary>A point stands for several neighbouring measurements of a long schedule; it shows the newest.</summary>
    private void Follow(CurvePoint point)
    {
        var place = measured++ / measurementsPerPoint;
        last = last with { Headline = place < last.Headline.Length ? last.Headline.SetItem(place, point) : last.Headline.Add(point) };
    }

    /// <summary>Of the first component, over the trials that have a number.</summary>
    private static double Mean(MeasurementBlock block)
    {
        var values = block.Values.Span;
        var sum = 0.0;
        var count = 0;
        for (var place = 0; place < values.Length; place += block.Width)
        {
            if (!double.IsNaN(values[place]))
            {
                sum += values[place];
                count++;
            }
        }

        return sum / count;
    }
}
