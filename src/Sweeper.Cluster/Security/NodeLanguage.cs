using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch.SysMsg;
using Akka.Serialization;
using Akka.Util;

namespace Sweeper.Cluster.Security;

/// <summary>
/// All that nodes say to each other besides Sweeper's own messages: how a cluster is kept, how a coordinator is found, and how actors
/// are watched. Akka has more: messages that build any type that is named (Newtonsoft, protobuf, exceptions, actors made from afar), and
/// some that stop actors. Whatever a node is configured with that is not listed here is refused, in both directions.
/// </summary>
internal static class NodeLanguage
{
    private static readonly ImmutableDictionary<string, ImmutableArray<string>> Spoken = new Dictionary<string, ImmutableArray<string>>
    {
        ["akka-cluster"] =
        [
            Cluster("InternalClusterAction+Join"), Cluster("InternalClusterAction+Welcome"), Cluster("InternalClusterAction+InitJoin"),
            Cluster("InternalClusterAction+InitJoinAck"), Cluster("InternalClusterAction+InitJoinNack"),
            Cluster("InternalClusterAction+ExitingConfirmed"),
            Cluster("ClusterUserAction+Leave"), Cluster("ClusterUserAction+Down"), Cluster("GossipStatus"), Cluster("GossipEnvelope"), "HB",
            "HBR",
        ],
        // A selection of actors with a message in it, which is read by the serializer that it names.
        ["akka-containers"] = [""],
        // Who is at a path; heartbeats of watched nodes.
        ["akka-misc"] = ["ID", "AID", "RWHB", "RWHR"],
        ["akka-system-msg"] = [.. Watching.Select(type => type.TypeQualifiedName())],
        // By a text a question knows its answer.
        ["primitive"] = ["S"],
    }.ToImmutableDictionary();

    private static ImmutableArray<Type> Watching => [typeof(Watch), typeof(Unwatch), typeof(DeathWatchNotification)];

    /// <summary>The part of a node's setup.</summary>
    public static SerializationSetup Setup { get; } = SerializationSetup.Create(system =>
    [
        .. system.Settings.Config.GetConfig("akka.actor.serializers").AsEnumerable()
            .Where(serializer => serializer.Key != "sweeper")
            .Select(serializer => SerializerDetails.Create(
                serializer.Key, Narrow(system, serializer.Key, serializer.Value.GetString()), [])),
    ]);

    private static NarrowSerializer Narrow(ExtendedActorSystem system, string name, string type)
    {
        // As Akka makes them: with their settings, where there are some.
        var settings = system.Settings.Config.GetConfig($"akka.actor.serialization-settings.{name}");
        object[] arguments = settings.IsNullOrEmpty() ? [system] : [system, settings];
        var inner = (Serializer)Activator.CreateInstance(Type.GetType(type, throwOnError: true)!, arguments)!;
        var manifests = Spoken.GetValueOrDefault(name, []);
        return new NarrowSerializer(system, inner, manifests.ToImmutableDictionary(
            manifest => manifest, manifest => Watching.FirstOrDefault(one => one.TypeQualifiedName() == manifest)));
    }

    private static string Cluster(string type) => $"Akka.Cluster.{type}, Akka.Cluster";
}
