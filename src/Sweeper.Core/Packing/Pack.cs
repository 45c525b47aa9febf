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

/// <summary>
/// Name of a pack: the first 8 hex digits of the plan's hash, a hyphen, and its number in the cut. Rows of it that were merged from
/// another folder have a name of their own: `a1b2c3d4-7+0f1e2d3c`.
/// </summary>
public readonly record struct PackId(string Name)
{
    private const char MergedMark = '+';
    private const int MergedDigits = 8;

    /// <summary>The pack that was trained: itself, unless its rows were merged from another folder.</summary>
    public PackId ToTrained() => new(Name.Split(MergedMark)[0]);

    /// <summary>
    /// The name in a folder that takes its rows over: no pack that is trained there has it, and equal rows have equal names.
    /// </summary>
    /// <param name="sha256">Hash of its last segment, hex.</param>
    public PackId MergedAs(string sha256) => new($"{ToTrained().Name}{MergedMark}{sha256[..MergedDigits]}");

    /// <inheritdoc/>
    public override string ToString() => Name;
}
