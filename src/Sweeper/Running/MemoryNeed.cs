using System.Collections.Immutable;
using Sweeper.Core.Packing;
using Sweeper.Terminal;

namespace Sweeper.Running;

/// <summary>The memory that packs of a run take at once, by the formula of their experiment.</summary>
/// <param name="Packs">Of each pack to be trained.</param>
internal sealed record MemoryNeed(ImmutableArray<PackMemory> Packs)
{
    /// <summary>The pack that takes most; nothing where there is none.</summary>
    public PackMemory Largest => Packs.DefaultIfEmpty().MaxBy(pack => pack.Bytes);

    /// <summary>What to say where the largest packs do not fit beside one another, with what helps; null where they do.</summary>
    /// <param name="workers">Packs trained at once.</param>
    /// <param name="available">Bytes that this machine has to give; null: unknown.</param>
    public string? Warning(int workers, long? available)
    {
        var atOnce = Packs.Select(pack => pack.Bytes).OrderDescending().Take(workers).ToList();
        if (available is not { } room || atOnce.Sum() <= room)
        {
            return null;
        }

        var fitting = 0;
        for (var left = room; fitting < atOnce.Count && atOnce[fitting] <= left; fitting++)
        {
            left -= atOnce[fitting];
        }

        var lanes = LaneBuckets.All.LastOrDefault(bucket =>
            bucket < Largest.Lanes && bucket >= Largest.LeastLanes && bucket * Largest.BytesPerLane <= room / atOnce.Count);
        var remedies = string.Join(" or ", ((string[])
        [
            lanes > 0 ? $"`lanes: {lanes}` in the sweep file" : "",
            fitting > 0 ? $"`sweeper run --workers {fitting}`" : "",
        ]).Where(remedy => remedy.Length > 0));
        return $"warning: {Quantity.Count(atOnce.Count, "pack")} at once take up to {Quantity.Bytes(atOnce.Sum())} of memory, and "
            + $"{Quantity.Bytes(room)} can be had here; processes that take more are killed. "
            + (remedies.Length > 0 ? $"{remedies} needs less" : "Smaller networks or fewer examples need less");
    }
}

/// <summary>Memory of a pack.</summary>
/// <param name="Lanes">Its lanes.</param>
/// <param name="LeastLanes">Lanes of one of its trials: it cannot have fewer.</param>
/// <param name="BytesPerLane">Of each.</param>
internal readonly record struct PackMemory(int Lanes, int LeastLanes, long BytesPerLane)
{
    /// <summary>Of all lanes.</summary>
    public long Bytes => Lanes * BytesPerLane;
}
