using System.Reflection;
using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Configuration;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Sweeper.Cluster.Coordinator;
using Sweeper.Cluster.Worker;

namespace Sweeper.Cluster.Hosting;

/// <summary>Adds a Sweeper node to an actor system.</summary>
internal static class SweeperAkkaExtensions
{
    private const string CoordinatorRole = "coordinator";
    private const string WorkerRole = "worker";

    private static string Version { get; } = typeof(SweeperAkkaExtensions).Assembly.GetName().Version!.ToString(3);

    /// <summary>Coordinator (a cluster singleton) and workers in one node, on loopback and a free port.</summary>
    public static AkkaConfigurationBuilder WithSweeper(this AkkaConfigurationBuilder builder, SweeperNodeOptions options)
    {
        var setup = new CoordinatorSetup(options.Folders, options.Catalog, options.Timings, options.Clock, Version);
        var coordinator = Props.Create(() => new CoordinatorActor(setup)).WithDispatcher(Restarting.BlockingDispatcher);
        return builder
            .AddHocon(SharedConfiguration(), HoconAddMode.Prepend)
            .WithRemoting("127.0.0.1", 0)
            .WithClustering(new ClusterOptions { Roles = [CoordinatorRole, WorkerRole] })
            .WithSingleton<CoordinatorActor>(
                CoordinatorRole, Restarting.Supervisor(coordinator, CoordinatorRole, options.Timings), new ClusterSingletonOptions { Role = CoordinatorRole })
            .AddStartup((system, registry) =>
            {
                var cluster = Akka.Cluster.Cluster.Get(system);
                cluster.Join(cluster.SelfAddress);
                var proxy = registry.Get<CoordinatorActor>();
                for (var i = 0; i < options.Workers.Length; i++)
                {
                    system.ActorOf(Supervised(options.Workers[i], proxy, options), $"worker-{i}");
                }
            });
    }

    private static Props Supervised(WorkerDefinition definition, IActorRef coordinator, SweeperNodeOptions options) => Restarting.Supervisor(
        Props.Create(() => new WorkerActor(definition, coordinator, options.Catalog, Version, options.Timings)).WithDispatcher(Restarting.BlockingDispatcher),
        WorkerRole, options.Timings);

    internal static Config SharedConfiguration()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("sweeper.hocon")!;
        using var reader = new StreamReader(stream);
        return ConfigurationFactory.ParseString(reader.ReadToEnd());
    }
}
