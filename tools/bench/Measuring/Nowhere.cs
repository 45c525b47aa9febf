using Sweeper.Core.Measurements;
using Sweeper.Core.Ports;

namespace Sweeper.Bench.Measuring;

/// <summary>Measurements that nobody keeps.</summary>
internal sealed class Nowhere : IMeasurementSink
{
    /// <summary>The one there is.</summary>
    public static Nowhere Instance { get; } = new();

    public void Write(PackBlock block)
    {
    }

    public void Progress(long step, long lastStep)
    {
    }
}
