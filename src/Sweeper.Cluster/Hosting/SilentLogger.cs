using Akka.Event;

namespace Sweeper.Cluster.Hosting;

/// <summary>
/// What Akka falls back to while it shuts down, after its loggers have stopped: its own writes to the terminal even at level
/// OFF, into the middle of a display.
/// </summary>
internal sealed class SilentLogger : MinimalLogger
{
    /// <inheritdoc/>
    protected override void Log(object message)
    {
    }
}
