using Microsoft.Extensions.Logging;
using Sweeper.Cluster.Faults;

namespace Sweeper.Cluster.Logs;

/// <summary>One logger of <see cref="FilteredLogs"/>.</summary>
internal sealed class FilteredLogger(ILogger inner, ComplaintFilter filter) : ILogger
{
    /// <summary>A frame may name a manifest as long as itself.</summary>
    private const int LongestLine = 300;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var (source, template) = Read(state);
        if (source is null || IsOurs(source))
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
        }
        else if (inner.IsEnabled(logLevel) && filter.Admit(template) is { } leftOut)
        {
            var line = Short(Bare(formatter(state, exception), source));
            var cause = exception is null
                ? "" : $" ({exception.GetBaseException().GetType().Name}: {Short(exception.GetBaseException().Message)})";
            var more = leftOut == 0 ? "" : $"; {leftOut} more like it since the last such line";
            inner.Log(logLevel, eventId, "{Line}{Cause}{More}, said by {LogSource}", line, cause, more, source);
        }
    }

    private static bool IsOurs(string source) =>
        source.Contains("/user/", StringComparison.Ordinal) || source.StartsWith(nameof(MessageFaultProvider), StringComparison.Ordinal);

    private static (string? Source, string Template) Read<TState>(TState state)
    {
        var (source, template) = ((string?)null, "");
        foreach (var (name, value) in state as IEnumerable<KeyValuePair<string, object?>> ?? [])
        {
            source = name == "LogSource" ? value as string : source;
            template = name == "{OriginalFormat}" ? value as string ?? "" : template;
        }

        return (source, template);
    }

    /// <summary>Akka's text begins with level, time, thread and source: `[INFO][...][Thread 1][source] `.</summary>
    private static string Bare(string text, string source) =>
        text.IndexOf($"[{source}] ", StringComparison.Ordinal) is var at and >= 0 ? text[(at + source.Length + 3)..] : text;

    private static string Short(string text)
    {
        var line = text.Split('\n', 2)[0];
        return line.Length > LongestLine ? line[..LongestLine] + "..." : line;
    }
}
