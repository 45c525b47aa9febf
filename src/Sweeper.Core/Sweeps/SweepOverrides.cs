namespace Sweeper.Core.Sweeps;

/// <summary>What the command line changes in a sweep file.</summary>
/// <param name="Profile">`--profile`, or null.</param>
/// <param name="Set">`--set name=value`, in order: a value, a list `2,4`, or `linspace(a,b,n)`, `geomspace(..)`, `range(..)`.</param>
/// <param name="Seeds">`--seeds`: a count, `0..3`, or `3,5,8`; or null.</param>
/// <param name="Experiment">`--experiment`: instead of the one that the file names, or null.</param>
public sealed record SweepOverrides(string? Profile, IReadOnlyList<string> Set, string? Seeds, string? Experiment = null)
{
    /// <summary>Nothing changed.</summary>
    public static SweepOverrides None { get; } = new(null, [], null);
}
