namespace Sweeper.Core.Sweeps;

/// <summary>A sweep file as parsed: every entry with its place, values not yet typed.</summary>
public sealed class SweepFile
{
    /// <summary>Reads a file from disk and applies the command line. Throws <see cref="Errors.SweepException"/> (usage).</summary>
    public static SweepFile Load(string path, SweepOverrides overrides) => throw new NotImplementedException();

    /// <summary>The same for a text; <paramref name="displayPath"/> stands in messages.</summary>
    public static SweepFile Parse(string text, string displayPath, SweepOverrides overrides) => throw new NotImplementedException();
}

/// <summary>What the command line changes in a sweep file.</summary>
/// <param name="Profile">`--profile`, or null.</param>
/// <param name="Set">`--set name=value`, in order: a value, a list `2,4`, or `linspace(a,b,n)`, `geomspace(..)`, `range(..)`.</param>
/// <param name="Seeds">`--seeds`: a count, `0..3`, or `3,5,8`; or null.</param>
public sealed record SweepOverrides(string? Profile, IReadOnlyList<string> Set, string? Seeds)
{
    /// <summary>Nothing changed.</summary>
    public static SweepOverrides None { get; } = new(null, [], null);
}
