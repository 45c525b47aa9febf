using System.Reflection;
using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Configuration;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Sweeper.Cluster.Coordinator;
using Sweeper.Cluster.Faults;
using Sweeper.Cluster.Security;
using Sweeper.Cluster.Worker;
using Sweeper.Core.Ports;

namespace Sweeper.Cluster.Hosting;

/// <summary>Adds a Sweeper node to an actor system.</summary>
internal static class SweeperAkkaExtensions
{
    private const string CoordinatorRole = "coordinator";
    private const string WorkerRole = "worker";
    private const string ClientRole = "client";

    private static string Version { get; } = typeof(SweeperAkkaExtensions).Assembly.GetName().Version!.ToString(3);

    /// <summary>
    /// What a node of these options does: coordinator, workers, or only questions. With a credential it is a member of a cluster
    /// (the coordinator a singleton in it), on loopback and a free port, by mutual TLS; without one all is in this process, and no port is opened.
    /// </summary>
    public static AkkaConfigurationBuilder WithSweeper(this AkkaConfigurationBuilder builder, SweeperNodeOptions options)
    {
        builder.AddHocon(SharedConfiguration(), HoconAddMode.Prepend).AddSetup(NodeLanguage.Setup);
        return (options.Credential is { } credential ? InCluster(builder, options, credential) : Alone(builder, options)).AddStartup((system, registry) =>
        {
            var coordinator = registry.Get<CoordinatorActor>();
            for (var i = 0; i < options.Workers.Length; i++)
            {
                system.ActorOf(Supervised(options.Workers[i], coordinator, options), WorkerName(i));
            }
        });
    }

    /// <summary>Where a node of these options has what makes its coordinator, again and again: under a singleton's manager, if it is one.</summary>
    public static string CoordinatorPath(SweeperNodeOptions options) => options.Credential is null ? $"/user/{CoordinatorRole}" : $"/user/{CoordinatorRole}/{CoordinatorRole}";

    /// <summary>Name of a node's worker under `/user`.</summary>
    public static string WorkerName(int place) => $"worker-{place}";

    private static AkkaConfigurationBuilder Alone(AkkaConfigurationBuilder builder, SweeperNodeOptions options)
    {
        var folders = options.Folders ?? throw new InvalidOperationException("a node without a coordinator needs the credential of its cluster");
        return builder.WithActors((system, registry) => registry.Register<CoordinatorActor>(system.ActorOf(Coordinator(options, folders), CoordinatorRole)));
    }

    private static AkkaConfigurationBuilder InCluster(AkkaConfigurationBuilder builder, SweeperNodeOptions options, ClusterCredential credential)
    {
        string[] roles = [.. options.Folders is null ? [] : (string[])[CoordinatorRole], .. options.Workers.IsEmpty ? [] : (string[])[WorkerRole]];
        var singleton = new ClusterSingletonOptions { Role = CoordinatorRole };
        builder
            .WithRemoting("127.0.0.1", 0)
            .AddSetup(MutualTls.With(credential, options.Clock))
            .AddHocon(MessageFaultRule.FromEnvironment()?.ToConfig() ?? Config.Empty, HoconAddMode.Prepend)
            .WithClustering(new ClusterOptions { Roles = roles.Length == 0 ? [ClientRole] : roles });
        _ = options.Folders is { } folders
            ? builder.WithSingleton<CoordinatorActor>(CoordinatorRole, Coordinator(options, folders), singleton)
            : builder.WithSingletonProxy<CoordinatorActor>(CoordinatorRole, singleton);
        return builder.AddStartup((system, _) =>
        {
            var cluster = Akka.Cluster.Cluster.Get(system);
            cluster.Join(options.Join is { } at ? new Address(MutualTls.Protocol, system.Name, at.Host, at.Port) : cluster.SelfAddress);
        });
    }

    private static Props Coordinator(SweeperNodeOptions options, ISweepFolders folders)
    {
        var setup = new CoordinatorSetup(folders, options.Catalog, options.Submissions, options.Timings, options.Clock, Version) { Say = options.Say };
        var coordinator = Props.Create(() => new CoordinatorActor(setup)).WithDispatcher(Restarting.BlockingDispatcher);
        return Restarting.Supervisor(coordinator, CoordinatorRole, options.Timings);
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
