using System.Collections.Immutable;
using Akka.Actor;
using Sweeper.Cluster.Machines;
using Sweeper.Core.Journal;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;

namespace Sweeper.Cluster.Coordinator;

/// <summary>What only the shell of a sweep can do.</summary>
internal abstract record SweepEffect : Effect
{
    /// <summary>Lines for the journal.</summary>
    public sealed record Journal(ImmutableArray<JournalEntry> Lines) : SweepEffect;

    /// <summary>To be done once all lines before it are on disk: what others see of a decision.</summary>
    public sealed record WhenSaved(Effect Then) : SweepEffect;

    /// <summary>
    /// To be done while the lines before it are still on their way to the disk: what nobody relies on before a later line is there. It
    /// waits for them, too, where <see cref="SweepHistory.MostAhead"/> are on their way.
    /// </summary>
    public sealed record Ahead(Effect Then) : SweepEffect;

    /// <summary>Says in the folder who waits.</summary>
    public sealed record TellWaiting(ImmutableArray<WaitingWorker> Workers) : SweepEffect;

    /// <summary>Removes the checkpoints of a pack, except for one.</summary>
    public sealed record DropCheckpoints(PackId Pack, StagedCheckpoint? Except) : SweepEffect;

    /// <summary>Makes an aggregator: answered with <see cref="AggregatorStarted"/>.</summary>
    public sealed record StartAggregator : SweepEffect;

    /// <summary>Ends the aggregator: answered with <see cref="ActorGone"/>.</summary>
    public sealed record StopAggregator(IActorRef Aggregator) : SweepEffect;

    /// <summary>Brings the derived files up to date: answered with <see cref="DeriveEnded"/>.</summary>
    public sealed record Derive : SweepEffect;

    /// <summary>Releases the folder: answered with <see cref="FolderReleased"/>.</summary>
    public sealed record Release : SweepEffect;
}
