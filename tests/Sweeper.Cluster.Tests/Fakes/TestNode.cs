using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sweeper.Cluster.Hosting;
using Sweeper.Cluster.Security;
using Sweeper.Cluster.Status;
using Sweeper.Cluster.Worker;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Tests.Fakes;

/// <summary>Starts nodes with fakes; patient enough for a busy machine.</summary>
internal static class TestNode
{
    /// <summary>Longer than anything here takes; no test waits for it to pass.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static ClusterTimings Brisk { get; } = new()
    {
        RenewEvery = TimeSpan.FromMilliseconds(50),
        AskEvery = TimeSpan.FromMilliseconds(50),
        RestartAfter = TimeSpan.FromMilliseconds(50),
        ReturnTime = TimeSpan.FromMilliseconds(200),
    };

    /// <summary>Of clusters in tests; a node without one opens no port.</summary>
    public static ClusterCredential Credential { get; } = ClusterCredential.Create();

    public static Task<SweeperNode> StartAsync(MemoryFolders folders, params IPackRunner[] runners) => StartAsync(folders, Brisk, runners);

    public static Task<SweeperNode> StartAsync(MemoryFolders folders, ClusterTimings timings, params IPackRunner[] runners) =>
        StartAsync(Options(folders, timings, runners));

    public static Task<SweeperNode> StartAsync(SweeperNodeOptions options) => SweeperNode.StartAsync(
        options,
        Environment.GetEnvironmentVariable("SWEEPER_TEST_LOG") is null
            ? NullLoggerFactory.Instance
            : LoggerFactory.Create(logs => logs.AddProvider(new StderrLogs())),
        TestContext.Current.CancellationToken);

    public static SweeperNodeOptions Options(MemoryFolders folders, ClusterTimings timings, params IPackRunner[] runners) => new()
    {
        Folders = folders,
        Catalog = new FakeExperiments(),
        Workers = [.. runners.Select((runner, index) => new WorkerDefinition($"fake-{index}", "cpu", "fake 1", () => runner))],
        Timings = timings,
    };

    public static Task<SubmittedSweep> SubmitAsync(this SweeperNode node, SweepPlan plan, RunScope? scope = null, RunRules? rules = null) =>
        node.Client.SubmitAsync(plan, "results/test", scope, rules, TestContext.Current.CancellationToken);

    public static async Task<SweepStatus> EndAsync(this SubmittedSweep sweep)
    {
        using var patience = new CancellationTokenSource(Patience);
        await foreach (var status in sweep.WatchAsync(TimeSpan.FromMilliseconds(20), patience.Token))
        {
            if (status.IsFinal)
            {
                return status;
            }
        }

        throw new InvalidOperationException("a watch ends with a final status");
    }

    /// <summary>Waits until the status is as wanted.</summary>
    public static async Task<SweepStatus> UntilAsync(this SubmittedSweep sweep, Func<SweepStatus, bool> isWanted)
    {
        using var patience = new CancellationTokenSource(Patience);
        await foreach (var status in sweep.WatchAsync(TimeSpan.FromMilliseconds(10), patience.Token))
        {
            if (isWanted(status))
            {
                return status;
            }
        }

        throw new InvalidOperationException("the sweep ended before its status was as wanted");
    }

    private sealed class StderrLogs : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Console.Error.WriteLine($"{DateTime.UtcNow:ss.fff} {logLevel} {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
