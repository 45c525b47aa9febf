using System.Collections.Immutable;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sweeper.Cluster.Coordinator;
using Sweeper.Cluster.Joining;
using Sweeper.Cluster.Logs;
using Sweeper.Cluster.Security;
using Sweeper.Cluster.Worker;
using Sweeper.Core.Errors;

namespace Sweeper.Cluster.Hosting;

/// <summary>A running node: coordinator with aggregators, workers, or both. Disposing it leaves and shuts down within seconds.</summary>
public sealed class SweeperNode : IAsyncDisposable
{
    private readonly IHost host;
    private readonly FilteredLogs logs;
    private readonly ImmutableArray<WorkerLife> own;
    private readonly int workers;
    private readonly RefusedPeer? refused;
    private readonly Task coordinatorLost;
    private readonly Task<string> refusal;
    private readonly MemberCall? call;

    private SweeperNode(
        IHost host, FilteredLogs logs, SweeperNodeOptions options, ImmutableArray<WorkerLife> own, Task coordinatorLost,
        Task<string> refusal)
    {
        this.host = host;
        this.logs = logs;
        this.coordinatorLost = coordinatorLost;
        this.refusal = refusal;
        this.own = own;
        workers = options.Lives.Length;
        System = host.Services.GetRequiredService<ActorSystem>();
        if (options.Credential is { } credential)
        {
            call = new MemberCall(credential, options.Clock);
            refused = new RefusedPeer(System);
            Akka.Cluster.Cluster.Get(System).RegisterOnMemberRemoved(refused.LetEnd);
        }

        _ = coordinatorLost.ContinueWith(_ => System.Terminate(), TaskScheduler.Default);
        Client = new SweepClient(host.Services.GetRequiredService<IRequiredActor<CoordinatorActor>>().ActorRef);
    }

    /// <summary>Submits and watches sweeps.</summary>
    public SweepClient Client { get; }

    /// <summary>
    /// Where other members of its cluster reach it. Throws <see cref="InvalidOperationException"/> where there is no cluster.
    /// </summary>
    public NodeAddress Address
    {
        get
        {
            var address = ((ExtendedActorSystem)System).Provider.DefaultAddress;
            return address is { Host: { } host, Port: { } port }
                ? new NodeAddress(host, port)
                : throw new InvalidOperationException("this node has no port");
        }
    }

    /// <summary>
    /// Why this host does not reach the node at the address that it gives to others, where then nobody may; null: it does.
    /// </summary>
    public async Task<string?> CallItselfAsync() => call is null ? null : await call.TryAsync(Address);

    /// <summary>Ends when the node was removed from its cluster: the coordinator is gone, or has given it up.</summary>
    public Task Removed => System.WhenTerminated;

    /// <summary>Whether it ended because its coordinator did, which that never does by itself.</summary>
    public bool HasLostCoordinator => coordinatorLost.IsCompleted;

    /// <summary>Why its coordinator cannot call it, where it ended for that; else null.</summary>
    public string? Refusal => refusal.IsCompleted ? refusal.Result : null;

    internal ActorSystem System { get; }

    /// <summary>
    /// Starts a node. Returns when its actors are there; the coordinator begins to answer some tenths of a second later. Throws
    /// <see cref="SweepException"/> (preflight) when it cannot listen where its options say.
    /// </summary>
    public static async Task<SweeperNode> StartAsync(
        SweeperNodeOptions options, ILoggerFactory logs, CancellationToken cancellation = default)
    {
        if (options.Credential is not null)
        {
            options.Listener.Check();
        }

        var own = options.Workers.Select(worker => new WorkerLife(worker)).ToImmutableArray();
        options = options with { Lives = [.. own, .. options.Lives] };
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        var coordinatorLost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var refusal = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var filtered = new FilteredLogs(logs, options.Clock);
        builder.Services.AddSingleton<ILoggerFactory>(filtered);
        // Signals belong to the command that runs the node.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddAkka("sweeper", akka => akka
            .ConfigureLoggers(loggers =>
            {
                loggers.ClearLoggers();
                loggers.LogLevel = Akka.Event.LogLevel.InfoLevel;
                loggers.AddLoggerFactory(filtered);
            })
            .WithSweeper(options, () => coordinatorLost.TrySetResult(), reason => refusal.TrySetResult(reason)));
        var host = builder.Build();
        await host.StartAsync(cancellation);
        return new SweeperNode(host, filtered, options, own, coordinatorLost.Task, refusal.Task);
    }

    /// <summary>Gives back what its workers train, and takes no more; waits for it no longer than the grace.</summary>
    public async Task LeaveAsync(TimeSpan grace)
    {
        var farewells = Enumerable.Range(0, workers)
            .Select(place => System.ActorSelection($"/user/{SweeperAkkaExtensions.WorkerName(place)}")
                .Ask<WorkerLeft>(LeaveWork.Instance, grace));
        try
        {
            await Task.WhenAll(farewells);
        }
        catch (AskTimeoutException)
        {
            // Its coordinator is gone, too: the lease runs out by itself.
        }
    }

    /// <summary>
    /// Stops without taking leave, for a cluster whose coordinator is gone: it alone could confirm that, and waiting for
    /// it would cost ten seconds.
    /// </summary>
    public async ValueTask AbandonAsync()
    {
        await System.Terminate();
        await DisposeAsync();
    }

    /// <summary>Releases the folder, leaves the cluster, ends its own workers.</summary>
    public async ValueTask DisposeAsync()
    {
        refused?.LetEnd();
        await host.StopAsync();
        host.Dispose();
        await Task.WhenAll(own.Select(life => Task.Run(life.Dispose)));
        logs.Dispose();
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
