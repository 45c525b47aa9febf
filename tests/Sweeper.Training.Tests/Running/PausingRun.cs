using Sweeper.Core.Measurements;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;
using Sweeper.Training.Running;
using Xunit;

namespace Sweeper.Training.Tests.Running;

/// <summary>Runs packs from checkpoint to checkpoint, each time in a new runner.</summary>
internal static class PausingRun
{
    /// <summary>From a checkpoint, or the first step, until something of a step is measured (0: the next one), or the end.</summary>
    public static PackOutcome Of(PackWork work, Measured measured, PackCheckpoint? from, long pauseAt, string device = "cpu")
    {
        using var asked = new CancellationTokenSource();
        if (pauseAt == 0)
        {
            asked.Cancel();
        }

        var sink = new Asking(measured, step =>
        {
            if (pauseAt >= 0 && step >= pauseAt)
            {
                asked.Cancel();
            }
        });
        return new PackRunner(device, PausingSweeps.Catalog).Run(
            work, sink, TestContext.Current.CancellationToken, new PackPauses(from?.Content, TimeSpan.FromHours(1), asked.Token));
    }

    /// <summary>Every measured number and every kept weight, in order and to the bit.</summary>
    public static IEnumerable<string> Lines(this Measured measured) => measured.All.Select(block => block switch
    {
        MeasurementBlock values => $"{values.Step} {values.Series} [{string.Join(' ', values.Trials.ToArray())}] "
            + Convert.ToHexString(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.Values.Span)),
        WeightsBlock kept => $"{kept.Step} {kept.Parameter} {kept.Member} {kept.Type} {string.Join('x', kept.Shape.ToArray())} "
            + $"[{string.Join(' ', kept.Trials.ToArray())}] {Convert.ToHexString(kept.Content.Span)}",
        _ => throw new ArgumentException($"{block} is no part of a pack's results"),
    });

    private sealed class Asking(Measured measured, Action<long> seen) : IMeasurementSink
    {
        public void Write(PackBlock block)
        {
            measured.Write(block);
            seen(block.Step);
        }

        public void Progress(long step, long lastStep)
        {
        }
    }
}
