using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Measurements;
using Sweeper.Core.Sweeps;

namespace Sweeper.Core.Packing;

/// <summary>All that a worker needs to train one pack.</summary>
/// <param name="Pack">Which pack.</param>
/// <param name="Experiment">Whose trials.</param>
/// <param name="Trials">The pack's trials in lane order, equal in every static hyperparameter.</param>
/// <param name="Wanted">Positions in <paramref name="Trials"/> to be measured; the others only keep their lanes.</param>
/// <param name="Schedule">What to measure, and when.</param>
public sealed record PackWork(
    Pack Pack, ExperimentDeclaration Experiment, ImmutableArray<Trial> Trials, ImmutableArray<int> Wanted, MeasureSchedule Schedule)
{
    /// <summary>What trains it: what the sweep was begun with, where that fits the program.</summary>
    public EngineKind Engine { get; init; }

    /// <summary>A point of the pack; its static values hold for all trials.</summary>
    public Point Statics => Trials[0].Point;
}
