using Akka.Actor;
using Akka.Serialization;

namespace Sweeper.Cluster.Tests.Fakes;

/// <summary>
/// Stands between one worker and everybody else, sends bytes as a network does, and loses or doubles what passes. Both sides
/// take it for the other: the worker's coordinator and aggregator, and their worker.
/// </summary>
internal sealed class LossyLink : UntypedActor
{
    private readonly Random dice;
    private readonly IActorRef coordinator;
    private readonly double rate;
    private IActorRef worker = ActorRefs.Nobody;
    private IActorRef aggregator = ActorRefs.Nobody;

    public LossyLink(IActorRef coordinator, int seed, double rate)
    {
        this.coordinator = coordinator;
        this.rate = rate;
        dice = new Random(seed);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case WorkerReady:
                worker = Sender;
                Pass(message, coordinator);
                break;
            case Chunk or PackFinished:
                Pass(message, aggregator);
                break;
            case LeaseRenewed or PackFailed or GetSweep:
                Pass(message, coordinator);
                break;
            case PackLease lease:
                Meet(lease.Aggregator);
                Pass(lease with { Aggregator = Serialization.SerializedActorPath(Self) }, worker);
                break;
            case LeaseKept kept:
                Meet(kept.Aggregator);
                Pass(kept with { Aggregator = Serialization.SerializedActorPath(Self) }, worker);
                break;
            default:
                Pass(message, worker);
                break;
        }
    }

    private void Meet(string path) => aggregator = ((ExtendedActorSystem)Context.System).Provider.ResolveActorRef(path);

    private void Pass(object message, IActorRef receiver)
    {
        var serializer = (SerializerWithStringManifest)Context.System.Serialization.FindSerializerFor(message);
        message = serializer.FromBinary(serializer.ToBinary(message), serializer.Manifest(message));
        if (dice.NextDouble() >= rate)
        {
            receiver.Tell(message);
        }

        if (dice.NextDouble() < rate)
        {
            receiver.Tell(message);
        }
    }
}
