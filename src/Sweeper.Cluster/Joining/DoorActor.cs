using Akka.Actor;
using Akka.Event;
using Akka.Remote;
using Sweeper.Cluster.Hosting;

namespace Sweeper.Cluster.Joining;

/// <summary>
/// Where members knock, on the coordinator's node. A connection that a member opens serves for answers, too, so that one that nobody can
/// call would seem all right until it breaks: so everyone is called back once.
/// </summary>
internal sealed class DoorActor : ReceiveActor
{
    /// <summary>Name under `/user`; one of the paths that others may select (`cluster-config/sweeper.hocon`).</summary>
    public const string Name = "door";

    /// <summary>More callers than a cluster has members are somebody's invention: what was found of them is found again.</summary>
    private const int MostKnown = 10_000;
    private const int MostCalls = 100;

    private readonly Func<NodeAddress, Task<string?>> call;
    private readonly Action<string> say;
    private readonly ILoggingAdapter log = Context.GetLogger();
    private readonly int incarnation = AddressUidExtension.Uid(Context.System);
    private readonly HashSet<Address> reached = [];
    private readonly HashSet<Address> complained = [];
    private readonly HashSet<Address> calling = [];

    /// <param name="call">Tries an address; says why nobody of this cluster answers there, or null.</param>
    /// <param name="say">Told in a line of a member that cannot be called.</param>
    public DoorActor(Func<NodeAddress, Task<string?>> call, Action<string> say)
    {
        this.call = call;
        this.say = say;
        Receive<Knock>(_ => Open(Sender));
        Receive<Called>(Conclude);
    }

    private void Open(IActorRef member)
    {
        var address = member.Path.Address;
        if (address.HasLocalScope || reached.Contains(address))
        {
            member.Tell(new KnockAnswered(incarnation, ""));
        }
        else if (address is { Host: { } host, Port: { } port } && calling.Count < MostCalls && calling.Add(address))
        {
            call(new NodeAddress(host, port)).PipeTo(
                Self, success: objection => new Called(member, objection), failure: fault => new Called(member, fault.Message));
        }

        // Who is being called is told when that is over.
    }

    private void Conclude(Called called)
    {
        var address = called.Member.Path.Address;
        calling.Remove(address);
        Forget(reached);
        Forget(complained);
        if (called.Objection is null)
        {
            reached.Add(address);
        }
        else if (complained.Add(address))
        {
            log.Warning("a node at {Address} reaches this coordinator, which cannot reach it there: {Objection}", address,
                called.Objection);
            say(
                $"a node that reaches this coordinator gives its address as {address.Host}:{address.Port}, where this host cannot reach "
                + $"it: {called.Objection}");
        }

        called.Member.Tell(new KnockAnswered(incarnation, called.Objection ?? ""));
    }

    private static void Forget(HashSet<Address> known)
    {
        if (known.Count >= MostKnown)
        {
            known.Clear();
        }
    }

    private sealed record Called(IActorRef Member, string? Objection);
}
