using Akka;
using Akka.Actor;

namespace Sweeper.Cluster.Security;

/// <summary>
/// Akka ends a whole node when a peer that it calls fails in the handshake. But whoever listens on the port of a worker that has died is
/// no reason to end a coordinator: that shutdown is held until the node is to end for a reason of its own.
/// </summary>
internal sealed class RefusedPeer
{
    /// <summary>Name of Akka's reason, whose type is internal.</summary>
    private const string Reason = "TlsHandshakeFailureReason";

    private readonly TaskCompletionSource<Done> ending = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Begins to hold such shutdowns of a node.</summary>
    public RefusedPeer(ActorSystem system)
    {
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(
            CoordinatedShutdown.PhaseBeforeServiceUnbind, "a-peer-was-refused",
            () => shutdown.ShutdownReason?.GetType().Name == Reason ? ending.Task : Task.FromResult(Done.Instance));
    }

    /// <summary>The node is to end: what was held goes on. Any thread, any number of times.</summary>
    public void LetEnd() => ending.TrySetResult(Done.Instance);
}
