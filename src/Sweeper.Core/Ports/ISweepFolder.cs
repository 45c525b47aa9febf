using System.Collections.Immutable;
using Sweeper.Core.Journal;
using Sweeper.Core.Sweeps;

namespace Sweeper.Core.Ports;

/// <summary>A results folder opened for writing: locked until disposed.</summary>
public interface ISweepFolder : IDisposable
{
    /// <summary>Its journal.</summary>
    IJournal Journal { get; }

    /// <summary>Its segments.</summary>
    ISegmentStore Segments { get; }

    /// <summary>
    /// Brings everything derived (trials, curves, summaries, figures) up to date with the plan and the history; files
    /// that would not change are not touched.
    /// </summary>
    void Derive(SweepPlan plan, SweepHistory history);

    /// <summary>Says, to whoever looks into the folder, which workers wait and why; told whenever they are others.</summary>
    void Tell(ImmutableArray<WaitingWorker> waiting)
    {
    }
}
