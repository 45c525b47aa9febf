using Akka.Event;

namespace Sweeper.Cluster.Hosting;

/// <summary>
/// Stands in for Akka's standard-output logger, which speaks when the logger factory is not there yet or no longer, whatever
/// its level: the terminal belongs to the display.
/// </summary>
internal sealed class SilentLogger : MinimalLogger
{
    /// <inheritdoc/>
    protected override void Log(object message)
    {
    }
}
