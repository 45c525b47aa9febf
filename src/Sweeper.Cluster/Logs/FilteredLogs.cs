using Microsoft.Extensions.Logging;

namespace Sweeper.Cluster.Logs;

/// <summary>
/// A node's logs, in which what Akka itself says is short and rare: a stranger who knocks a thousand times is one line, not a thousand
/// stack traces. What Sweeper's own actors say passes as it is. Disposing it says what was left out; the logs are not its own.
/// </summary>
internal sealed class FilteredLogs(ILoggerFactory logs, TimeProvider clock) : ILoggerFactory
{
    private readonly ComplaintFilter filter = new(clock);

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new FilteredLogger(logs.CreateLogger(categoryName), filter);

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => logs.AddProvider(provider);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (filter.LeftOut is var count and > 0)
        {
            logs.CreateLogger<FilteredLogs>()
                .LogWarning("{Count} more lines like those above, about connections and frames, were left out", count);
        }
    }
}
