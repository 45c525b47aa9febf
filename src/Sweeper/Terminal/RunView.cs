using Sweeper.Cluster.Status;

namespace Sweeper.Terminal;

/// <summary>What a display shows of a running sweep.</summary>
/// <param name="Sweep">Name of the sweep.</param>
/// <param name="State">What is going on, in a word or a short sentence.</param>
/// <param name="Total">Trials of the plan.</param>
/// <param name="Committed">Trials that are safe on disk, those of earlier runs included.</param>
/// <param name="Diverged">Of these, trials that became non-finite.</param>
/// <param name="Failed">Trials that failed for good.</param>
/// <param name="Fraction">Share of this run's work that is done, parts of running packs included: 0..1.</param>
/// <param name="Trained">Trials that were trained since the display began, parts of running ones included.</param>
/// <param name="Workers">What each worker that has a pack does.</param>
internal sealed record RunView(
    string Sweep, string State, long Total, long Committed, long Diverged, long Failed, double Fraction, double Trained,
    IReadOnlyList<WorkerView> Workers)
{
    /// <summary>When the rest will be done; null where nothing tells.</summary>
    public TimeRange? Left { get; init; }

    /// <summary>Workers without a pack.</summary>
    public int Idle { get; init; }

    /// <summary>What the workers' curves are of.</summary>
    public string Headline { get; init; } = "";

    /// <summary>Whether nothing more will happen.</summary>
    public bool IsFinal { get; init; }

    /// <summary>Something to show loudly, or null.</summary>
    public string? Warning { get; init; }
}

/// <summary>A worker and its pack.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Pack">Number of the pack in the plan.</param>
/// <param name="Trials">Trials measured in it.</param>
/// <param name="Alive">Of these, not diverged.</param>
/// <param name="Step">Optimizer steps done.</param>
/// <param name="LastStep">Steps in all; 0 while it is being prepared.</param>
/// <param name="Curve">The headline so far, in the order of steps.</param>
internal sealed record WorkerView(string Name, string Pack, int Trials, int Alive, long Step, long LastStep, IReadOnlyList<double> Curve)
{
    /// <summary>How far it is: 0..1.</summary>
    public double Fraction => LastStep > 0 ? (double)Step / LastStep : 0;
}
