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
    /// <summary>The pack of the cut that this is, or is a part of (<see cref="PackSplit"/>).</summary>
    public PackId Root => Name.IndexOf('.', StringComparison.Ordinal) is > 0 and var end ? new PackId(Name[..end]) : this;

    /// <summary>The other half of a pack of the cut; null for all but such halves.</summary>
    public PackId? Sibling => IsPart && Name[Root.Name.Length..] is ".0" or ".1" ? new PackId(Root.Name + (Name.EndsWith('0') ? ".1" : ".0")) : null;

    /// <summary>Whether it is a part of a pack of the cut.</summary>
    public bool IsPart => Root != this;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
