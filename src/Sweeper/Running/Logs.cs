using System.Globalization;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Extensions.Logging;
using Serilog.Formatting.Compact;

namespace Sweeper.Running;

/// <summary>The log of one process: JSON lines in a `logs/` folder; nothing of it on the screen.</summary>
internal sealed class Logs : IDisposable
{
    private readonly Serilog.Core.Logger logger;
    private readonly SerilogLoggerFactory factory;

    /// <summary>Opens a log; the file appears with its first line.</summary>
    /// <param name="folder">`logs/` of a results folder, or of a cluster.</param>
    /// <param name="who">Begin of the file's name.</param>
    public Logs(string folder, string who = "run")
    {
        var file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{who}-{DateTime.UtcNow:yyyyMMdd-HHmmss}.jsonl"));
        logger = new LoggerConfiguration()
            .MinimumLevel.Information()
            .WriteTo.File(new CompactJsonFormatter(), file)
            .CreateLogger();
        factory = new SerilogLoggerFactory(logger);
    }

    /// <summary>Where processes of a cluster log that were told no other place.</summary>
    public static string Beside(string clusterFile) => Path.Combine(Path.GetDirectoryName(clusterFile)!, "logs");

    /// <summary>Begin of the names of a worker's logs.</summary>
    public static string WorkerName(string worker) => $"worker-{worker.Replace('/', '-')}";

    /// <summary>For everything that logs.</summary>
    public ILoggerFactory Factory => factory;

    /// <inheritdoc/>
    public void Dispose()
    {
        factory.Dispose();
        logger.Dispose();
    }
}
