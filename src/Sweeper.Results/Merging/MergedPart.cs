namespace Sweeper.Results.Merging;

/// <summary>What became of one source of a merge.</summary>
/// <param name="Path">The source.</param>
/// <param name="New">Trials whose rows were not in the target.</param>
/// <param name="Known">Trials that were in the target already, with equal rows.</param>
/// <param name="Failed">Failed trials of which the target knew nothing.</param>
/// <param name="Paused">Packs that paused at a checkpoint, which stays where it is.</param>
public sealed record MergedPart(string Path, int New, int Known, int Failed, int Paused);
