using System.Collections.Immutable;
using Sweeper.Bench.Results;

namespace Sweeper.Bench;

/// <summary>Writes docs/measured/performance.md.</summary>
internal static class Page
{
    /// <summary>From the results of all rows.</summary>
    public static int Write(ImmutableArray<RowResult> results)
    {
        File.WriteAllText(Path.Combine(Checkout.Root, "docs", "measured", "performance.md"), PageText.Of(results));
        return 0;
    }
}
