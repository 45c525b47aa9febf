using System.Diagnostics;
using Sweeper.Core.Measurements;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;

namespace Sweeper.Benchmarks;

/// <summary>
/// A pack trained by its runner, as a sweep does, and how long that took between two of its measurements: drawing data and the first
/// steps, which compile, are before the first of them.
/// </summary>
internal sealed class TimedPack : IMeasurementSink
{
    private readonly List<(MeasurementBlock Block, long At)> blocks = [];
    private long? trained;

    private TimedPack()
    {
    }

    /// <summary>Trains it to its end, on the calling thread.</summary>
    public static TimedPack Train(IPackRunner runner, PackWork work)
    {
        var timed = new TimedPack();
        runner.Run(work, timed, CancellationToken.None);
        return timed;
    }

    /// <summary>Seconds from the end of the first measurement to that of the last, steps and measurements in between.</summary>
    public double Seconds => Stopwatch.GetElapsedTime(Arrival(blocks[0].Block.Step), blocks[^1].At).TotalSeconds;

    /// <summary>Seconds from the end of the first measurement to the end of the last step: what is measured there is not in them.</summary>
    public double TrainingSeconds => Stopwatch.GetElapsedTime(Arrival(blocks[0].Block.Step), trained ?? blocks[^1].At).TotalSeconds;

    /// <summary>Steps between the first measurement and the last.</summary>
    public long Steps => blocks[^1].Block.Step - blocks[0].Block.Step;

    /// <summary>What a metric was at the end, of every trial.</summary>
    public double[] Final(string metric, string split) => blocks
        .Last(one => one.Block.Series.Metric == metric && one.Block.Series.Split == split).Block.Values.ToArray();

    /// <summary>The same at the first measurement.</summary>
    public double[] First(string metric, string split) => blocks
        .First(one => one.Block.Series.Metric == metric && one.Block.Series.Split == split).Block.Values.ToArray();

    void IMeasurementSink.Write(PackBlock block)
    {
        if (block is MeasurementBlock measured)
        {
            blocks.Add((measured, Stopwatch.GetTimestamp()));
        }
    }

    void IMeasurementSink.Progress(long step, long lastStep)
    {
        if (step == lastStep)
        {
            trained ??= Stopwatch.GetTimestamp();
        }
    }

    private long Arrival(long step) => blocks.Last(one => one.Block.Step == step).At;
}
