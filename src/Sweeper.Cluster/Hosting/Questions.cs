using Akka.Actor;

namespace Sweeper.Cluster.Hosting;

/// <summary>Questions to a coordinator that may be starting, or be gone for a while.</summary>
internal static class Questions
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Asks again until there is an answer.</summary>
    public static async Task<ISweeperMessage> AskUntilAnsweredAsync(
        this IActorRef coordinator, ISweeperMessage question, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await coordinator.Ask<ISweeperMessage>(question, Patience, cancellation);
            }
            catch (AskTimeoutException)
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }
}
