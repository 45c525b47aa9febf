using System.Diagnostics;
using Sweeper.Core.Ports;

namespace Sweeper.Training.Running;

/// <summary>Says now and then how far a pack is.</summary>
/// <param name="sink">Who is told.</param>
/// <param name="lastStep">Steps in all.</param>
internal sealed class ProgressReport(IMeasurementSink sink, long lastStep)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private readonly Stopwatch sinceLast = Stopwatch.StartNew();

    /// <summary>Says it when the last time is long enough ago.</summary>
    public void At(long step)
    {
        if (sinceLast.Elapsed >= Interval)
        {
            EndAt(step);
        }
    }

    /// <summary>Says it now.</summary>
    public void EndAt(long step)
    {
        sink.Progress(step, lastStep);
        sinceLast.Restart();
    }
}
