using System.Collections.Immutable;

namespace Sweeper.Core.Sweeps;

/// <summary>What became of the combinations that a sweep file lists; its points are what is left.</summary>
/// <param name="Combinations">Combinations of values over all grids, before anything is taken away.</param>
/// <param name="Conditional">Combinations that fall together because a value of `when` does not apply.</param>
/// <param name="ExcludedPoints">Points that `exclude` takes away with all their seeds.</param>
/// <param name="ExcludedTrials">Trials that `exclude` takes away from points that keep other seeds.</param>
/// <param name="Duplicates">Points that an earlier grid of the union has already.</param>
/// <param name="Union">The grids of the union.</param>
public sealed record PlanCounts(
    long Combinations, long Conditional, long ExcludedPoints, long ExcludedTrials, long Duplicates, ImmutableArray<UnionMember> Union);

/// <summary>One grid of a union.</summary>
/// <param name="Name">Its name, or null: the file's own grid.</param>
/// <param name="Points">Points that are counted as its own.</param>
/// <param name="Duplicates">Points that an earlier grid has already.</param>
public sealed record UnionMember(string? Name, long Points, long Duplicates);
