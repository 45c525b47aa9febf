using Sweeper.Lanes.Networks.Kernels;

namespace Sweeper.Lanes.Networks;

/// <summary>How many examples go through all layers together.</summary>
internal static class ChunkSize
{
    // Weights that stay in the cache beside the units are read again for every chunk at no cost; others are read as seldom as possible.
    private const long Cached = 512 << 10;
    private const int Fewest = WeightGradient.Tile;
    private const int Most = 4 * WeightGradient.Tile;

    /// <summary>A multiple of a tile.</summary>
    /// <param name="memory">The network.</param>
    /// <param name="examples">Examples of a step.</param>
    /// <param name="bytes">Bytes of one number of all lanes of a register.</param>
    public static int Of(MlpMemory memory, int examples, int bytes)
    {
        var wanted = (long)memory.Size * bytes <= Cached ? Fewest : Most;
        return Math.Min(wanted, (examples + Fewest - 1) / Fewest * Fewest);
    }
}
