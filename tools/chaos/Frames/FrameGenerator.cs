namespace Sweeper.Chaos.Frames;

/// <summary>Frames that a member could send and none does, one after another, drawn from a seed.</summary>
/// <param name="random">Where all is drawn from.</param>
/// <param name="target">The coordinator's node.</param>
/// <param name="sweep">Key of the sweep that runs there.</param>
/// <param name="outside">A folder in which the coordinator has no business.</param>
internal sealed class FrameGenerator(Random random, NodeName target, string sweep, string outside)
{
    private const string NoSweep = "0123456789abcdef";

    private NodeName? origin;
    private readonly ForeignPayloads foreign = new(random, target, outside);
    private readonly SampleMessages messages = new(random, outside);

    private readonly string[] paths =
    [
        "/", "/user", "/user/coordinator", "/user/coordinator/coordinator",
        "/user/coordinator/coordinator/coordinator/sweep-1/aggregator-1", "/user/coordinator/coordinator/sweep-1/aggregator-1",
        "/user/coordinator/coordinator/coordinator", "/user/coordinatorProxy", "/user/no-one", "/user/coordinator#1", "/remote",
        "/deadLetters", "/temp", "/temp/a", "", "/../user", "/user/%2e%2e",
        "/system", "/system/cluster", "/system/cluster/core", "/system/cluster/core/daemon", "/system/cluster/core/publisher",
        "/system/cluster/heartbeatReceiver", "/system/cluster/downingProvider",
        "/system/remote-watcher", "/system/endpointManager", "/system/transports", "/system/remoting-terminator",
        "/system/deadLetterListener", "/system/log1-LoggerFactoryLogger",
    ];

    /// <summary>The next frame.</summary>
    public Frame Next()
    {
        var to = random.Next(30) == 0 ? "akka://elsewhere/user/a" : target.Of(paths[random.Next(paths.Length)]);
        return random.Next(12) switch
        {
            0 => Raw(),
            1 => new Frame("an instruction of the protocol", AkkaFrame.Of(Instruction())),
            2 => new Frame("any serializer and manifest", Envelope(to, foreign.Any())),
            3 or 4 => new Frame("what ends or pauses an actor", Envelope(to, foreign.Lethal(to))),
            5 => new Frame("names of types", Envelope(to, foreign.Typed())),
            6 or 7 => new Frame("messages in messages", Envelope(to, foreign.Nested(to))),
            8 => new Frame(
                "none of the cluster's messages",
                Envelope(target.Of($"/system/cluster/core/{(random.Next(2) == 0 ? "daemon" : "publisher")}"), foreign.OfCluster())),
            9 => new Frame("a message about no lease", Envelope(random.Next(3) == 0 ? to : OfSweep(), messages.Of(sweep))),
            10 => new Frame(
                "a damaged message",
                Envelope(OfSweep(), messages.Of(NoSweep) is var sent ? sent with { Bytes = Damage.To(sent.Bytes, random) } : sent)),
            _ => new Frame(
                "a damaged frame",
                AkkaFrame.Of(Damage.To(Envelope(OfSweep(), messages.Of(NoSweep)).AsSpan(sizeof(int)).ToArray(), random))),
        };
    }

    /// <summary>
    /// The handshake of somebody new under the name of one of some nodes, or of the coordinator's own: who has been refused once is not
    /// heard again.
    /// </summary>
    public byte[] Hello(Random from)
    {
        origin = from.Next(10) == 0 ? target : target with { Port = from.Next(2, 100) };
        return AkkaFrame.Of(AkkaFrame.Handshake(origin, (ulong)from.NextInt64()));
    }

    private byte[] Envelope(string to, Payload payload) => AkkaFrame.Of(AkkaFrame.Envelope(
        to, payload,
        random.Next(4) switch { 0 => null, 1 => to, _ => (origin ?? target).Of($"/temp/{random.Next(100)}") },
        random.Next(3) == 0 ? (ulong)random.Next(1000) : null));

    private string OfSweep() => target.Of(paths[random.Next(2, 7)]);

    private byte[] Instruction() => random.Next(3) switch
    {
        0 => AkkaFrame.Instruction(random.Next(-1, 8)),
        1 => Hello(random)[sizeof(int)..],
        _ => Damage.To(Hello(random)[sizeof(int)..], random),
    };

    /// <summary>Less, more or other bytes than a frame has.</summary>
    private Frame Raw()
    {
        var bytes = new byte[random.Next(2000)];
        random.NextBytes(bytes);
        var (kind, frame) = random.Next(4) switch
        {
            0 => ("no frame at all", bytes),
            1 => ("a frame that ends too early", AkkaFrame.Of(bytes, bytes.Length + random.Next(1, 100_000))),
            2 => (
                "a frame that is too long", AkkaFrame.Of(bytes, random.Next(2) == 0 ? random.Next(128_001, int.MaxValue) : -random.Next())),
            _ => ("an empty frame", AkkaFrame.Of([])),
        };
        return new Frame(kind, frame) { IsLast = true };
    }
}

/// <summary>What is sent.</summary>
/// <param name="Kind">For people.</param>
/// <param name="Bytes">With its length.</param>
internal sealed record Frame(string Kind, byte[] Bytes)
{
    /// <summary>What comes after it on the same connection could not be told apart from it.</summary>
    public bool IsLast { get; init; }
}
