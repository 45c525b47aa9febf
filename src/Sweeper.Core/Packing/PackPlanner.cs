namespace Sweeper.Core.Packing;

/// <summary>
/// Cuts a canonical plan into packs: a pure function of the plan and of constants, never of a measurement, because the number
/// of lanes may change the last bits of a result.
/// </summary>
public static class PackPlanner
{
    /// <summary>Device memory that a pack may claim by its model's formula: 2 GiB, which any device that trains has.</summary>
    public const long MemoryBudget = 2L << 30;

    /// <summary>
    /// Cuts a block of trials with equal static values into packs, in order. Full packs have as many lanes as
    /// <paramref name="laneBudget"/> and <see cref="MemoryBudget"/> allow. What is left over takes the smallest bucket that
    /// holds it when that is more than half full; else it fills the largest bucket it can, and so on with the rest.
    /// </summary>
    /// <param name="block">The trials.</param>
    /// <param name="laneBudget">Lanes of a pack at most, from the sweep file.</param>
    public static IEnumerable<PackCut> Cut(StaticBlock block, int laneBudget)
    {
        var budget = Math.Max(Budget(block, laneBudget), LaneBuckets.Ceiling(block.LanesPerTrial));
        var full = budget / block.LanesPerTrial;
        var left = block.Trials;
        while (left > 0)
        {
            var cut = left >= full ? new PackCut(full, budget) : Rest((int)left, block.LanesPerTrial);
            yield return cut;
            left -= cut.Trials;
        }
    }

    private static int Budget(StaticBlock block, int laneBudget) =>
        LaneBuckets.Floor(Math.Min(laneBudget, MemoryBudget / Math.Max(1, block.BytesPerLane)));

    private static PackCut Rest(int trials, int lanesPerTrial)
    {
        var lanes = trials * lanesPerTrial;
        var ceiling = LaneBuckets.Ceiling(lanes);
        var floor = LaneBuckets.Floor(lanes);
        return 2 * lanes > ceiling || floor < lanesPerTrial ? new PackCut(trials, ceiling) : new PackCut(floor / lanesPerTrial, floor);
    }
}

/// <summary>Consecutive trials with equal static values.</summary>
/// <param name="Trials">How many.</param>
/// <param name="LanesPerTrial">Lanes that one trial takes; at most <see cref="LaneBuckets.Largest"/>.</param>
/// <param name="BytesPerLane">Device memory of one lane.</param>
/// <param name="Dataset">Content hash of the data set that they learn from; null for none.</param>
public sealed record StaticBlock(long Trials, int LanesPerTrial, long BytesPerLane, string? Dataset = null)
{
    /// <summary>What its programs are made for.</summary>
    public EngineKind Engine { get; init; }
}

/// <summary>One pack of a cut.</summary>
/// <param name="Trials">Number of its trials.</param>
/// <param name="Lanes">Lanes of its program.</param>
public readonly record struct PackCut(int Trials, int Lanes);
