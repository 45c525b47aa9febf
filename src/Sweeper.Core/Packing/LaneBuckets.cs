using System.Collections.Immutable;

namespace Sweeper.Core.Packing;

/// <summary>
/// The only numbers of lanes a program has. An engine whose bits depend on the number of lanes then gives a trial the same
/// bits in every sweep file that puts it into the same bucket, and programs are few.
/// </summary>
public static class LaneBuckets
{
    /// <summary>Ascending.</summary>
    public static ImmutableArray<int> All { get; } = [1, 4, 16, 64, 256, 1024, 4096];

    /// <summary>The largest bucket.</summary>
    public static int Largest => All[^1];

    /// <summary>The largest bucket of at most <paramref name="lanes"/> (at least 1).</summary>
    public static int Floor(long lanes) => All.Last(bucket => bucket <= Math.Max(1, lanes));

    /// <summary>The smallest bucket of at least <paramref name="lanes"/> (at most <see cref="Largest"/>).</summary>
    public static int Ceiling(long lanes) => All.First(bucket => bucket >= lanes);
}
