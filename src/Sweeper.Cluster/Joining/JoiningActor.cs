using Akka.Actor;
using Akka.Remote;
using Sweeper.Cluster.Hosting;

namespace Sweeper.Cluster.Joining;

/// <summary>
/// Takes a member into its coordinator's cluster once the two reach each other, and ends its node when the coordinator is gone, or is
/// another one at the same address. <see cref="Acquaintance"/> decides.
/// </summary>
internal sealed class JoiningActor : ReceiveActor, IWithTimers
{
    private readonly JoiningSetup setup;
    private readonly Address address;
    private readonly ActorSelection door;
    private readonly long begun;
    private Acquaintance acquaintance = new(TimeSpan.Zero);

    public JoiningActor(JoiningSetup setup)
    {
        this.setup = setup;
        begun = setup.Clock.GetTimestamp();
        address = new Address(Security.MutualTls.Protocol, Context.System.Name, setup.Coordinator.Host, setup.Coordinator.Port);
        door = Context.ActorSelection(new RootActorPath(address) / "user" / DoorActor.Name);
        Receive<Again>(_ =>
        {
            door.Tell(new Knock());
            Do(acquaintance.Wait(Now), "");
        });
        Receive<KnockAnswered>(answer => Do(acquaintance.Hear(answer, Now), answer.Objection));

        // The coordinator has given this node up, and hears nothing more of it.
        Receive<ThisActorSystemQuarantinedEvent>(_ => Context.System.Terminate());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => setup.Clock.GetElapsedTime(begun);

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(ThisActorSystemQuarantinedEvent));
        Timers.StartPeriodicTimer(Again.Instance, Again.Instance, TimeSpan.Zero, setup.Every);
    }

    private void Do((Acquaintance Next, Finding Finding) decided, string objection)
    {
        acquaintance = decided.Next;
        switch (decided.Finding)
        {
            case Finding.Met:
                Akka.Cluster.Cluster.Get(Context.System).Join(address);
                break;
            case Finding.Refused:
                setup.Refused(objection);
                Context.System.Terminate();
                break;
            case Finding.Silence:
                var (probe, say, at) = (setup.Call, setup.Say, setup.Coordinator);
                _ = TellSilenceAsync(probe, say, at);
                break;
            case Finding.Gone:
                Context.System.Terminate();
                break;
        }
    }

    private static async Task TellSilenceAsync(Func<NodeAddress, Task<string?>> probe, Action<string> say, NodeAddress at) => say(
        await probe(at) is { } objection
            ? $"this host does not reach the coordinator at {at}: {objection}. Its process has ended, or it needs another "
                + "--advertise or --bind there"
            : $"the coordinator at {at} is there and does not answer yet");

    private sealed record Again
    {
        public static Again Instance { get; } = new();
    }
}
