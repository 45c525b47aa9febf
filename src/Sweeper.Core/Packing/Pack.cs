namespace Sweeper.Core.Packing;

/// <summary>
/// Trials with equal static values, trained together as one batched program: the unit of dispatch, retry and commit.
/// A contiguous range of the canonical plan, cut before anything is subtracted.
/// </summary>
/// <param name="Id">`planhash-number`; names segments and journal lines.</param>
/// <param name="First">Position of its first trial in the canonical plan.</param>
/// <param name="Count">Number of trials.</param>
/// <param name="Lanes">Lanes of the program: a bucket of <see cref="LaneBuckets"/>, never smaller than the trials need.</param>
public sealed record Pack(PackId Id, long First, int Count, int Lanes);

/// <summary>Name of a pack: the first 8 hex digits of the plan's hash, a hyphen, and its number in the cut.</summary>
public readonly record struct PackId(string Name)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
