using System.Reflection;
using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Configuration;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Sweeper.Cluster.Coordinator;
using Sweeper.Cluster.Faults;
using Sweeper.Cluster.Joining;
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
    /// (the coordinator a singleton in it) and listens where they say, by mutual TLS; without one all is in this process, and no port is
    /// opened.
    /// </summary>
    /// <param name="builder">Of the node.</param>
    /// <param name="options">What it is started with.</param>
    /// <param name="coordinatorLost">Called when its coordinator has ended for good, and it has not.</param>
    /// <param name="refused">Called when it ends because its coordinator cannot call it: with the reason.</param>
    public static AkkaConfigurationBuilder WithSweeper(
        this AkkaConfigurationBuilder builder, SweeperNodeOptions options, Action coordinatorLost, Action<string> refused)
    {
        // Read where there is no other node to lose messages to, too: a setting that is none is said, not ignored.
        var faults = MessageFaultRule.FromEnvironment()?.ToConfig() ?? Config.Empty;
        builder.AddHocon(Configuration(options), HoconAddMode.Prepend).AddHocon(faults, HoconAddMode.Prepend).AddSetup(NodeLanguage.Setup);
        var node = options.Credential is { } credential
            ? InCluster(builder, options, credential, coordinatorLost, refused)
            : Alone(builder, options, coordinatorLost);
        return node.AddStartup((system, registry) =>
        {
            var coordinator = registry.Get<CoordinatorActor>();
            for (var i = 0; i < options.Lives.Length; i++)
            {
                system.ActorOf(Supervised(options.Lives[i], coordinator, options), WorkerName(i));
            }
        });
    }

    /// <summary>Name of a node's worker under `/user`.</summary>
    public static string WorkerName(int place) => $"worker-{place}";

    private static AkkaConfigurationBuilder Alone(AkkaConfigurationBuilder builder, SweeperNodeOptions options, Action coordinatorLost)
    {
        var folders = options.Folders ?? throw new InvalidOperationException(
            "a node without a coordinator needs the credential of its cluster");
        return builder.WithActors((system, registry) =>
            registry.Register<CoordinatorActor>(system.ActorOf(
                Coordinator(options, folders, Watch(system, null, coordinatorLost)), CoordinatorRole)));
    }

    private static AkkaConfigurationBuilder InCluster(
        AkkaConfigurationBuilder builder, SweeperNodeOptions options, ClusterCredential credential, Action coordinatorLost,
        Action<string> refused)
    {
        string[] roles = [.. options.Folders is null ? [] : (string[])[CoordinatorRole],
            .. options.Lives.IsEmpty ? [] : (string[])[WorkerRole]];
        var singleton = new ClusterSingletonOptions { Role = CoordinatorRole };
        builder
            .WithRemoting(new RemoteOptions
            {
                HostName = options.Listener.Bind,
                Port = options.Listener.Port,
                PublicHostName = options.Listener.Advertise,
                PublicPort = options.Listener.AdvertisedPort == 0 ? null : options.Listener.AdvertisedPort,
            })
            .AddSetup(MutualTls.With(credential, options.Clock))
            .WithClustering(new ClusterOptions { Roles = roles.Length == 0 ? [ClientRole] : roles });
        _ = options.Folders is { } folders
            ? builder.WithSingleton<CoordinatorActor>(
                CoordinatorRole,
                (system, _, _) => Coordinator(options, folders, Watch(system, Akka.Cluster.Cluster.Get(system), coordinatorLost)),
                singleton)
            : builder.WithSingletonProxy<CoordinatorActor>(CoordinatorRole, singleton);
        return builder.AddStartup((system, _) =>
        {
            var call = new MemberCall(credential, options.Clock);
            if (options.Join is { } coordinator)
            {
                var setup = new JoiningSetup(coordinator, call.TryAsync, options.Timings.KnockEvery, options.Clock, options.Say, refused);
                system.ActorOf(Props.Create(() => new JoiningActor(setup)), "joining");
            }
            else
            {
                var cluster = Akka.Cluster.Cluster.Get(system);
                cluster.Join(cluster.SelfAddress);
                system.ActorOf(Props.Create(() => new DoorActor(call.TryAsync, options.Say)), DoorActor.Name);
            }
        });
    }

    private static IActorRef Watch(ActorSystem system, Akka.Cluster.Cluster? cluster, Action coordinatorLost) =>
        system.ActorOf(Props.Create(() => new CoordinatorWatch(cluster, coordinatorLost)), "coordinator-watch");

    private static Props Coordinator(SweeperNodeOptions options, ISweepFolders folders, IActorRef watch)
    {
        var setup = new CoordinatorSetup(folders, options.Catalog, options.Submissions, options.Timings, options.Clock, Version)
        {
            Say = options.Say,
            WorkersReturn = options.WorkersReturn,
            Begun = supervisor => watch.Tell(supervisor),
        };
        var coordinator = Props.Create(() => new CoordinatorActor(setup)).WithDispatcher(Restarting.BlockingDispatcher);
        return Restarting.Supervisor(coordinator, CoordinatorRole, options.Timings);
    }

    private static Props Supervised(WorkerLife life, IActorRef coordinator, SweeperNodeOptions options) => Restarting.Supervisor(
        Props.Create(() => new WorkerActor(life, coordinator, options.Catalog, Version, options.Timings))
            .WithDispatcher(Restarting.BlockingDispatcher),
        WorkerRole, options.Timings);

    /// <summary>What all nodes share, and above it what is so on the coordinator's, or on the others.</summary>
    internal static Config Configuration(SweeperNodeOptions options)
    {
        var shared = SharedConfiguration();
        return shared.GetConfig(options.Folders is null ? "sweeper.member" : "sweeper.coordinator").WithFallback(shared);
    }

    internal static Config SharedConfiguration()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("sweeper.hocon")!;
        using var reader = new StreamReader(stream);
        return ConfigurationFactory.ParseString(reader.ReadToEnd());
    }
}
