using System.Globalization;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Extensions.Logging;
using Serilog.Formatting.Compact;
using Sweeper.Results.Folders;

namespace Sweeper.Composition;

/// <summary>The log of one run: JSON lines under `logs/` of the results folder; nothing of it on the screen.</summary>
internal sealed class Logs : IDisposable
{
    private readonly Serilog.Core.Logger logger;
    private readonly SerilogLoggerFactory factory;

    /// <summary>Opens the log of a folder; the file appears with its first line.</summary>
    public Logs(string folder)
    {
        var file = Path.Combine(new ResultFolder(folder).Logs, string.Create(CultureInfo.InvariantCulture, $"run-{DateTime.UtcNow:yyyyMMdd-HHmmss}.jsonl"));
        logger = new LoggerConfiguration()
            .MinimumLevel.Information()
            .WriteTo.File(new CompactJsonFormatter(), file)
            .CreateLogger();
        factory = new SerilogLoggerFactory(logger);
    }

    /// <summary>For everything that logs.</summary>
    public ILoggerFactory Factory => factory;

    /// <inheritdoc/>
    public void Dispose()
    {
        factory.Dispose();
        logger.Dispose();
    }
}
