using Sweeper.Core.Measurements;

namespace Sweeper.Core.Ports;

/// <summary>Takes what a running pack measures, keeps and saves, in ascending steps.</summary>
public interface IMeasurementSink
{
    /// <summary>Takes one block; blocks while too much is unacknowledged. The block's memory is not reused by the caller.</summary>
    void Write(PackBlock block);

    /// <summary>Says how far the pack is, several times a second at most; never blocks.</summary>
    void Progress(long step, long lastStep);
}
