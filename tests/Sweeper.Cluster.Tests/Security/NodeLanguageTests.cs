using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Serialization;
using Sweeper.Cluster.Hosting;
using Sweeper.Cluster.Tests.Fakes;

namespace Sweeper.Cluster.Tests.Security;

/// <summary>What a node's serializers make of bytes that may come from anybody.</summary>
public sealed class NodeLanguageTests : IAsyncLifetime
{
    private SweeperNode node = null!;

    public async ValueTask InitializeAsync() =>
        node = await TestNode.StartAsync(TestNode.Options(new MemoryFolders(), TestNode.Brisk) with { Credential = TestNode.Credential });

    public ValueTask DisposeAsync() => node.DisposeAsync();

    private IInternalActorRef Here => (IInternalActorRef)node.System.DeadLetters;

    private IInternalActorRef Elsewhere =>
        (IInternalActorRef)((ExtendedActorSystem)node.System).Provider.ResolveActorRef("akka.ssl.tcp://sweeper@127.0.0.1:9/user/a");

    private Serialization Serialization => ((ExtendedActorSystem)node.System).Serialization;

    [Fact]
    public void What_could_build_any_type_or_stop_an_actor_is_not_read()
    {
        var json = Encoding.UTF8.GetBytes($$"""{"$id":"1","$type":"{{typeof(Canary).AssemblyQualifiedName}}"}""");
        (int Serializer, string? Manifest, byte[] Bytes)[] frames =
        [
            (1, null, json), (1, typeof(Canary).AssemblyQualifiedName, json), (1, "System.Object", json),
            (2, typeof(Canary).AssemblyQualifiedName, []), (3, null, []), (4, null, json),
            (4, "System.Byte[]", json), (5, "Akka.Cluster.Routing.ClusterRouterPool, Akka.Cluster", []), (9, "A", []), (14, "A", []),
            (15, "A", []),
            .. ((string[])["PP", "K", "AR", "LS", "RS", "CF", "FC", "DR", "RORRP", "ROBP", "RORP", "ROSGP", "ROTCP", "ROCHP", "RORRC",
                "STF", "STS", ""])
                .Select(manifest => (16, (string?)manifest, Array.Empty<byte>())),
            (17, "I", [1, 0, 0, 0]), (22, "Akka.Dispatch.SysMsg.Terminate, Akka", []), (22, "Akka.Dispatch.SysMsg.Suspend, Akka", []),
            (22, "Akka.Dispatch.SysMsg.Failed, Akka", []), (36, "A", []), (99, null, json), (-1, null, json),
        ];

        foreach (var (serializer, manifest, bytes) in frames)
        {
            Assert.Throws<SerializationException>(() => Serialization.Deserialize(bytes, serializer, manifest));
        }

        Assert.Equal(0, Canary.Made);
    }

    [Fact]
    public void Nor_is_it_when_another_message_carries_it()
    {
        // SelectionEnvelope { payload = 1: Payload { message = 1, serializerId = 2: 16, messageManifest = 3: "PP" } }
        byte[] selected = [1 << 3 | 2, 8, 1 << 3 | 2, 0, 2 << 3, 16, 3 << 3 | 2, 2, (byte)'P', (byte)'P'];

        Assert.Throws<SerializationException>(() => Serialization.Deserialize(selected, 6, ""));
    }

    [Fact]
    public void Messages_in_one_another_deeper_than_a_stack_are_not_read()
    {
        // From the inside: a payload after its length, in another one.
        var (bytes, serializer) = (Array.Empty<byte>(), Serialization.FindSerializerFor(new Identify("who")));
        for (var i = 0; i < 5000; i++)
        {
            var payload = Field(1, bytes).Concat((byte[])[2 << 3, (byte)serializer.Identifier])
                .Concat(Field(3, "ID"u8.ToArray())).ToArray();
            bytes = Field(1, payload);
        }

        Assert.Throws<SerializationException>(() => Serialization.Deserialize(bytes, serializer.Identifier, "ID"));

        static byte[] Field(int number, byte[] content)
        {
            List<byte> length = [];
            for (var left = (uint)content.Length; ; left >>= 7)
            {
                length.Add((byte)(left > 127 ? (left & 127) | 128 : left));
                if (left <= 127)
                {
                    return [(byte)(number << 3 | 2), .. length, .. content];
                }
            }
        }
    }

    [Fact]
    public void Who_watches_here_and_who_of_here_has_ended_is_not_said_by_others()
    {
        object[] unsaid = [
            new Watch(Elsewhere, Here), new Unwatch(Elsewhere, Here), new Watch(Here, Here), new DeathWatchNotification(Here, true, false)];
        foreach (var message in unsaid)
        {
            var serializer = Serialization.FindSerializerFor(message);
            var bytes = serializer.ToBinary(message);
            Assert.Throws<SerializationException>(
                () => Serialization.Deserialize(bytes, serializer.Identifier, Serialization.ManifestFor(serializer, message)));
        }
    }

    [Fact]
    public void What_nodes_say_to_each_other_is_read_and_nothing_else_is_written()
    {
        object[] said =
        [
            new Identify("who"), new ActorIdentity("who", node.System.DeadLetters), new Watch(Here, Elsewhere),
            new DeathWatchNotification(Elsewhere, true, false), "text",
            new ActorSelectionMessage(new Identify("who"), [new SelectChildName("user")]),
        ];
        foreach (var message in said)
        {
            var serializer = Serialization.FindSerializerFor(message);
            var back = Serialization.Deserialize(
                serializer.ToBinary(message), serializer.Identifier, Serialization.ManifestFor(serializer, message));
            Assert.IsType(message.GetType(), back);
        }

        object[] unsaid = [PoisonPill.Instance, Kill.Instance, new Terminate(), new byte[] { 1 }, 1,
            new Akka.Actor.Status.Failure(new InvalidOperationException())];
        Assert.All(
            unsaid, message => Assert.Throws<SerializationException>(() => Serialization.FindSerializerFor(message).ToBinary(message)));
    }

    /// <summary>Sings when somebody makes one.</summary>
    public sealed class Canary
    {
        public Canary() => Made++;

        public static int Made { get; private set; }
    }
}
