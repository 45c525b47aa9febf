using System.Text;
using System.Text.Json;

namespace Sweeper.Chaos.Frames;

/// <summary>
/// Payloads of Akka's own serializers that Sweeper's nodes never send one another: what ends actors, what names types, what is nested.
/// </summary>
/// <param name="random">Where all is drawn from.</param>
/// <param name="target">The node that they are sent to.</param>
/// <param name="outside">A folder in which the coordinator has no business.</param>
internal sealed class ForeignPayloads(Random random, NodeName target, string outside)
{
    private const int Json = 1;
    private const int DaemonCommand = 3;
    private const int ByteArray = 4;
    private const int Cluster = 5;
    private const int Container = 6;
    private const int Misc = 16;
    private const int Primitive = 17;
    private const int SystemMessage = 22;

    /// <summary>Nested so deep, a message fills a frame.</summary>
    private const int Deepest = 5000;

    private static readonly string[] Manifests =
    [
        "", "A", "ID", "AID", "AR", "PP", "K", "RWHB", "RWHR", "CF", "FC", "RORRP", "ROBP", "IJ", "W", "GE", "GS", "HB", "HBR",
        "L", "D", "EC",
        "ready", "submit", "status", "System.String", "System.Object, System.Private.CoreLib",
        "System.Diagnostics.Process, System.Diagnostics.Process", "Serilog.Sinks.File.FileSink, Serilog.Sinks.File",
        "No.Such.Type, Nowhere",
    ];

    private static readonly string[] ClusterTypes =
    [
        "InternalClusterAction+Join", "InternalClusterAction+Welcome", "InternalClusterAction+InitJoin",
        "InternalClusterAction+InitJoinAck", "InternalClusterAction+InitJoinNack",
        "InternalClusterAction+ExitingConfirmed", "ClusterUserAction+Leave", "ClusterUserAction+Down", "GossipStatus", "GossipEnvelope",
        "ClusterHeartbeatSender+Heartbeat",
    ];

    /// <summary>Any serializer, any manifest, any bytes.</summary>
    public Payload Any() => new(
        random.Next(4) == 0 ? random.Next() : random.Next(-10, 45),
        random.Next(3) == 0 ? Guid.Empty.ToString() : Manifests[random.Next(Manifests.Length)], Bytes(random.Next(4) == 0 ? 60_000 : 64));

    /// <summary>What ends or pauses whoever gets it.</summary>
    public Payload Lethal(string recipient) => random.Next(7) switch
    {
        0 => new Payload(Misc, "PP", []),
        1 => new Payload(Misc, "K", []),
        2 => new Payload(SystemMessage, SystemType("Terminate"), []),
        3 => new Payload(SystemMessage, SystemType("Suspend"), []),
        4 => new Payload(SystemMessage, SystemType(random.Next(2) == 0 ? "Watch" : "Unwatch"), AkkaFrame.Message(
            to => to.Write(1, AkkaFrame.Reference(Child(recipient))), to => to.Write(2, AkkaFrame.Reference(recipient)))),
        5 => new Payload(SystemMessage, SystemType("DeathWatchNotification"), AkkaFrame.Message(
            to => to.Write(1, AkkaFrame.Reference(Child(recipient))), to => to.Write(2, 1UL), to => to.Write(3, (ulong)random.Next(2)))),
        _ => new Payload(SystemMessage, SystemType("Failed"), AkkaFrame.Message(
            to => to.Write(1, AkkaFrame.Reference(Child(recipient))),
            to => to.Write(2, Exception("System.Exception, System.Private.CoreLib")), to => to.Write(3, 1UL))),
    };

    /// <summary>What names a type that is to be made.</summary>
    public Payload Typed() => random.Next(5) switch
    {
        0 => new Payload(Json, "Serilog.Sinks.File.FileSink, Serilog.Sinks.File", Encoding.UTF8.GetBytes(
            """{ "$type": "Serilog.Sinks.File.FileSink, """
            + $$"""Serilog.Sinks.File", "path": {{JsonSerializer.Serialize(Planted())}}, "textFormatter": """
            + """{ "$type": "Serilog.Formatting.Json.JsonFormatter, Serilog" }, "fileSizeLimitBytes": 1000 }""")),
        1 => new Payload(
            Json, "System.IO.FileInfo, System.Private.CoreLib",
            Encoding.UTF8.GetBytes($$"""{ "$type": "System.IO.FileInfo", "OriginalPath": {{JsonSerializer.Serialize(Planted())}} }""")),
        2 => new Payload(
            SystemMessage, SystemType("Recreate"), AkkaFrame.Message(to => to.Write(1, Exception(Manifests[^(1 + random.Next(4))])))),
        3 => new Payload(DaemonCommand, "Akka.Remote.DaemonMsgCreate, Akka.Remote", Bytes(200)),
        _ => new Payload(ByteArray, "", Bytes(200)),
    };

    /// <summary>
    /// A message to be passed on by whoever gets it: by a selection, or in a question who is there, in one another up to as deep as a frame
    /// is long.
    /// </summary>
    public Payload Nested(string recipient)
    {
        var payload = new NestedPayload(
            random.Next(3) switch { 0 => Lethal(recipient), 1 => Typed(), _ => new Payload(Primitive, "S", "who"u8.ToArray()) });
        var depth = random.Next(10) switch { < 5 => 1, < 9 => random.Next(2, 10), _ => random.Next(Deepest) };
        var isSelection = random.Next(2) == 0;
        for (var i = 0; i < depth && payload.Length < 100_000; i++)
        {
            if (isSelection || random.Next(200) == 0)
            {
                payload.Wrap(Container, "", Selection());
            }
            else
            {
                payload.Wrap(Misc, "ID", []);
            }
        }

        return payload.ToPayload();
    }

    /// <summary>What goes to the cluster's daemons, but is none of their messages.</summary>
    public Payload OfCluster() => random.Next(4) == 0
        ? new Payload(random.Next(9, 16), Manifests[random.Next(Manifests.Length)], Bytes(2000))
        : new Payload(
            Cluster,
            random.Next(5) == 0
                ? random.Next(2) == 0 ? "HB" : "HBR"
                : $"Akka.Cluster.{ClusterTypes[random.Next(ClusterTypes.Length)]}, Akka.Cluster",
            random.Next(3) switch { 0 => [], 1 => Bytes(40), _ => Damage.To(Stranger(), random) });

    /// <summary>A node that nobody has heard of, as most of the cluster's messages begin.</summary>
    private byte[] Stranger() => AkkaFrame.Message(to => to.Write(1, AkkaFrame.Message(
        to => to.Write(1, AkkaFrame.Message(
            to => to.Write(1, target.System), to => to.Write(2, target.Host), to => to.Write(3, 1UL), to => to.Write(4, target.Protocol))),
        to => to.Write(2, (ulong)random.Next()))));

    /// <summary>By which parts of paths actors are selected.</summary>
    private byte[] Selection()
    {
        string[] patterns = ["*", "..", "coordinator", "system", "user", "cluster", "core", "daemon", "?*", "(a+)+$"];
        return [.. Enumerable.Range(0, random.Next(1, 4)).SelectMany(_ => AkkaFrame.Message(to => to.Write(2, AkkaFrame.Message(
            part => part.Write(1, (ulong)random.Next(4)), part => part.Write(2, patterns[random.Next(patterns.Length)])))))];
    }

    private static byte[] Exception(string type) => AkkaFrame.Message(to => to.Write(1, type), to => to.Write(2, "out of thin air"));

    private static string SystemType(string name) => $"Akka.Dispatch.SysMsg.{name}, Akka";

    /// <summary>Somewhere below, or the node itself.</summary>
    private string Child(string recipient) =>
        random.Next(3) switch { 0 => recipient, 1 => recipient + "/coordinator", _ => target.Of("/system/cluster/core/daemon") };

    private string Planted() => Path.Combine(outside, $"planted-{random.Next()}");

    private byte[] Bytes(int most)
    {
        var bytes = new byte[random.Next(most)];
        random.NextBytes(bytes);
        return bytes;
    }
}
