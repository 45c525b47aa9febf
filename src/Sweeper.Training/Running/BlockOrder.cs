using Sweeper.Core.Measurements;
using Sweeper.Core.Ports;

namespace Sweeper.Training.Running;

/// <summary>
/// Blocks on their way to a sink, which takes ascending steps: behind one that can be measured only at the end, all others wait.
/// </summary>
internal sealed class BlockOrder(IMeasurementSink sink)
{
    private readonly List<Action> waiting = [];

    /// <summary>Writes a block, or lets it wait behind what waits already.</summary>
    public void Send(MeasurementBlock block)
    {
        if (waiting.Count == 0)
        {
            sink.Write(block);
        }
        else
        {
            waiting.Add(() => sink.Write(block));
        }
    }

    /// <summary>Something that is measured at the end, and writes its blocks in this place.</summary>
    public void SendAtEnd(Action<Action<MeasurementBlock>> measure) => waiting.Add(() => measure(sink.Write));

    /// <summary>The end: all that waits is measured and written.</summary>
    public void End()
    {
        waiting.ForEach(write => write());
        waiting.Clear();
    }
}
