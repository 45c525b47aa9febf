using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Sweeps.Claims;
using Sweeper.Core.Sweeps.Predicates;
using Sweeper.Core.Sweeps.Reading;
using Sweeper.Core.Sweeps.Space;

namespace Sweeper.Core.Sweeps;

/// <summary>
/// A sweep file, typed. The order of keys is gone: axes and fixed values stand in the order of the experiment's declaration.
/// </summary>
internal sealed record SweepContent(
    string Sweep,
    string? Profile,
    ExperimentDeclaration Experiment,
    GridContent Own,
    ImmutableArray<GridContent> Grids,
    ImmutableArray<DerivedValue> Derived,
    ImmutableArray<Predicate> Exclusions,
    ImmutableArray<Condition> Conditions,
    ImmutableArray<long> Seeds,
    ImmutableArray<MeasureRule> Measure,
    int Lanes,
    ImmutableArray<FigureSpec> Figures,
    ImmutableArray<Claim> Claims,
    SweepSource Source,
    long AllowFailed,
    bool DropsDivergedTrials,
    KeptWeights KeptWeights,
    ImmutableArray<string> Notes,
    PlacesOfNames Places)
{
    /// <summary>Folder name.</summary>
    public string Name => Profile is null ? Sweep : $"{Sweep}@{Profile}";

    /// <summary>What the sweep is the union of.</summary>
    public ImmutableArray<GridContent> Union => UnionOf(Own, Grids);

    /// <summary>
    /// The file's own grid, then those of `grids`. A file that has `grids` and no axis of its own means its `fixed` as what they
    /// share, not as a point.
    /// </summary>
    public static ImmutableArray<GridContent> UnionOf(GridContent own, ImmutableArray<GridContent> grids) =>
        grids.IsEmpty ? [own] : own.Axes.IsEmpty ? grids : [own, .. grids];
}

/// <summary>Where a sweep file speaks of its experiment and of each hyperparameter, for faults that only a whole point shows.</summary>
internal sealed record PlacesOfNames(SourcePlace Experiment, ImmutableDictionary<string, SourcePlace> Hyperparameters)
{
    /// <summary>The place of the first of these hyperparameters that the file names, else that of the experiment.</summary>
    public SourcePlace Of(ImmutableArray<string> names) =>
        names.Select(name => Hyperparameters.GetValueOrDefault(name)).FirstOrDefault(place => place is not null) ?? Experiment;
}
