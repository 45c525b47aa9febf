using System.Collections.Immutable;
using Akka.Actor;
using Sweeper.Cluster.Machines;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Coordinator;

/// <summary>What only the shell of a coordinator can do.</summary>
internal abstract record CoordinatorEffect : Effect
{
    /// <summary>
    /// Keeps what is asked for; where the disk refuses, <see cref="NotKept"/> follows, and nothing else of the same decision is done.
    /// </summary>
    /// <param name="Submissions">All that has not ended.</param>
    /// <param name="New">Id of the one that is new; null when others have ended.</param>
    public sealed record Keep(ImmutableArray<Submission> Submissions, string? New) : CoordinatorEffect;

    /// <summary>Makes the actor of a sweep: answered with <see cref="SweepStarted"/>.</summary>
    public sealed record StartSweep(SweepPlan Plan, Submission Submission) : CoordinatorEffect;

    /// <summary>Ends the actor of a sweep that is over: until then it answers what was passed on to it.</summary>
    public sealed record EndSweep(IActorRef Sweep) : CoordinatorEffect;

    /// <summary>Tells a person in front of it.</summary>
    public sealed record Say(string Line) : CoordinatorEffect;
}
