using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Sweeper.Cluster.Tests.Fakes;

/// <summary>Logs that a test can read.</summary>
internal sealed class RememberedLogs : ILoggerFactory, ILogger
{
    public ConcurrentQueue<(string Text, Exception? Cause)> Lines { get; } = [];

    /// <summary>Whether a line says so.</summary>
    public bool Say(string text) => Lines.Any(line => line.Text.Contains(text, StringComparison.Ordinal));

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue((formatter(state, exception), exception));

    public void Dispose()
    {
    }
}
