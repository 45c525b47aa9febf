using System.Reflection;
using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Configuration;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Sweeper.Cluster.Coordinator;
using Sweeper.Cluster.Faults;
using Sweeper.Cluster.Worker;

namespace Sweeper.Cluster.Hosting;

/// <summary>Adds a Sweeper node to an actor system.</summary>
internal static class SweeperAkkaExtensions
{
    private const string CoordinatorRole = "coordinator";
    private const string WorkerRole = "worker";
    private const string ClientRole = "client";

    private static string Version { get; } = typeof(SweeperAkkaExtensions).Assembly.GetName().Version!.ToString(3);

    /// <summary>What a node of these options does: coordinator (a cluster singleton), workers, or only questions; on loopback and a free port.</summary>
    public static AkkaConfigurationBuilder WithSweeper(this AkkaConfigurationBuilder builder, SweeperNodeOptions options)
    {
        string[] roles = [.. options.Folders is null ? [] : (string[])[CoordinatorRole], .. options.Workers.IsEmpty ? [] : (string[])[WorkerRole]];
        builder
            .AddHocon(SharedConfiguration(), HoconAddMode.Prepend)
            .WithRemoting("127.0.0.1", 0)
            .AddHocon(MessageFaultRule.FromEnvironment()?.ToConfig() ?? Config.Empty, HoconAddMode.Prepend)
            .WithClustering(new ClusterOptions { Roles = roles.Length == 0 ? [ClientRole] : roles });
        return WithCoordinator(builder, options).AddStartup((system, registry) =>
        {
            var cluster = Akka.Cluster.Cluster.Get(system);
            cluster.Join(options.Join is { } at ? new Address("akka.tcp", system.Name, at.Host, at.Port) : cluster.SelfAddress);
            var coordinator = registry.Get<CoordinatorActor>();
            for (var i = 0; i < options.Workers.Length; i++)
            {
                system.ActorOf(Supervised(options.Workers[i], coordinator, options), WorkerName(i));
            }
        });
    }

    /// <summary>Name of a node's worker under `/user`.</summary>
    public static string WorkerName(int place) => $"worker-{place}";

    private static AkkaConfigurationBuilder WithCoordinator(AkkaConfigurationBuilder builder, SweeperNodeOptions options)
    {
        if (options.Folders is not { } folders)
        {
            return builder.WithSingletonProxy<CoordinatorActor>(CoordinatorRole, new ClusterSingletonOptions { Role = CoordinatorRole });
        }

        var setup = new CoordinatorSetup(folders, options.Catalog, options.Submissions, options.Timings, options.Clock, Version) { Say = options.Say };
        var coordinator = Props.Create(() => new CoordinatorActor(setup)).WithDispatcher(Restarting.BlockingDispatcher);
        return builder.WithSingleton<CoordinatorActor>(
            CoordinatorRole, Restarting.Supervisor(coordinator, CoordinatorRole, options.Timings), new ClusterSingletonOptions { Role = CoordinatorRole });
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
