namespace Sweeper.Terminal;

/// <summary>What a display shows of a running sweep.</summary>
/// <param name="Sweep">Name of the sweep.</param>
/// <param name="State">What is going on, in a word or a short sentence.</param>
/// <param name="Total">Trials of the plan.</param>
/// <param name="Committed">Trials that are safe on disk, those of earlier runs included.</param>
/// <param name="Diverged">Of these, trials that became non-finite.</param>
/// <param name="Failed">Trials that failed for good.</param>
/// <param name="Fraction">Share of this run's work that is done, parts of running packs included: 0..1.</param>
/// <param name="NewTrials">Trials this run set out to train.</param>
/// <param name="Workers">What each worker does.</param>
internal sealed record RunView(
    string Sweep, string State, long Total, long Committed, long Diverged, long Failed, double Fraction, long NewTrials,
    IReadOnlyList<WorkerView> Workers);

/// <summary>One worker: its name, what it trains, and how far it is (0..1).</summary>
internal sealed record WorkerView(string Name, string Work, double Fraction);
