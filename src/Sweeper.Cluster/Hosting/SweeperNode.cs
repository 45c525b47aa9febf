using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sweeper.Cluster.Coordinator;

namespace Sweeper.Cluster.Hosting;

/// <summary>A running node with every role: coordinator, aggregator and workers. Disposing it leaves and shuts down within seconds.</summary>
public sealed class SweeperNode : IAsyncDisposable
{
    private readonly IHost host;

    private SweeperNode(IHost host)
    {
        this.host = host;
        System = host.Services.GetRequiredService<ActorSystem>();
        Client = new SweepClient(host.Services.GetRequiredService<IRequiredActor<CoordinatorActor>>().ActorRef);
    }

    /// <summary>Submits and watches sweeps.</summary>
    public SweepClient Client { get; }

    internal ActorSystem System { get; }

    /// <summary>Starts a node. Returns when its actors are there; the coordinator begins to answer some tenths of a second later.</summary>
    public static async Task<SweeperNode> StartAsync(SweeperNodeOptions options, ILoggerFactory logs, CancellationToken cancellation = default)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton(logs);
        // Signals belong to the command that runs the node.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddAkka("sweeper", akka => akka
            .ConfigureLoggers(loggers =>
            {
                loggers.ClearLoggers();
                loggers.LogLevel = Akka.Event.LogLevel.InfoLevel;
                loggers.AddLoggerFactory(logs);
            })
            .WithSweeper(options));
        var host = builder.Build();
        await host.StartAsync(cancellation);
        return new SweeperNode(host);
    }

    /// <summary>Stops training, releases the folder, leaves the cluster.</summary>
    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
