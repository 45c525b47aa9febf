using System.Runtime.CompilerServices;
using Akka.Actor;
using Sweeper.Cluster.Status;
using Sweeper.Core.Errors;
using Sweeper.Core.Ports;

namespace Sweeper.Cluster.Hosting;

/// <summary>
/// A sweep in the coordinator's hands. Every question is repeated until answered; a coordinator that was made anew is told the sweep again.
/// </summary>
public sealed class SubmittedSweep
{
    private readonly IActorRef coordinator;
    private readonly Submission submission;
    private volatile bool isDraining;
    private volatile SweepStatus? last;

    internal SubmittedSweep(IActorRef coordinator, Submission submission)
    {
        this.coordinator = coordinator;
        this.submission = submission;
    }

    /// <summary>
    /// How far it is. Waits while there is no coordinator. Throws <see cref="SweepException"/> when a new coordinator refuses the sweep.
    /// </summary>
    public async Task<SweepStatus> GetStatusAsync(CancellationToken cancellation = default)
    {
        while (true)
        {
            switch (await coordinator.AskUntilAnsweredAsync(new GetStatus(submission.Id), cancellation))
            {
                case SweepStatus { IsFinal: false } status when isDraining:
                    coordinator.Tell(new DrainSweep(submission.Id));
                    return last = status;
                case SweepStatus status:
                    return last = status;
                case SweepUnknown when isDraining && last is not null:
                    // Stopped with the coordinator that knew it.
                    return last = last with { State = SweepState.Stopped, ExitCode = ExitCode.Stopped, Running = [] };
                case SweepUnknown:
                    await SubmitAsync(cancellation);
                    break;
            }
        }
    }

    /// <summary>The status again and again, at least once; the last one is final.</summary>
    public async IAsyncEnumerable<SweepStatus> WatchAsync(TimeSpan every, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        while (true)
        {
            var status = await GetStatusAsync(cancellation);
            yield return status;
            if (status.IsFinal)
            {
                yield break;
            }

            await Task.Delay(every, cancellation);
        }
    }

    /// <summary>Asks for a stop: nothing more is given out, what runs ends, the folder is released. The status then says Stopped.</summary>
    public void Drain()
    {
        isDraining = true;
        coordinator.Tell(new DrainSweep(submission.Id));
    }

    internal async Task SubmitAsync(CancellationToken cancellation)
    {
        while (true)
        {
            switch (await coordinator.AskUntilAnsweredAsync(new SubmitSweep(submission), cancellation))
            {
                case SweepAccepted:
                    return;
                case SweepRefused refused:
                    throw refused.Fault.ToException();
            }
        }
    }
}
