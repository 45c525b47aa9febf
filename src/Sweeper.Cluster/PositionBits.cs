using System.Collections.Immutable;

namespace Sweeper.Cluster;

/// <summary>PositionBits in a pack as bits, so that a lease stays small.</summary>
internal static class PositionBits
{
    /// <summary>Ascending positions below <paramref name="count"/> -> bits.</summary>
    public static byte[] ToBits(ImmutableArray<int> positions, int count)
    {
        var bits = new byte[(count + 7) / 8];
        foreach (var position in positions)
        {
            bits[position / 8] |= (byte)(1 << (position % 8));
        }

        return bits;
    }

    /// <summary>Bits -> ascending positions.</summary>
    public static ImmutableArray<int> FromBits(ReadOnlySpan<byte> bits)
    {
        var positions = ImmutableArray.CreateBuilder<int>();
        for (var position = 0; position < bits.Length * 8; position++)
        {
            if ((bits[position / 8] & (1 << (position % 8))) != 0)
            {
                positions.Add(position);
            }
        }

        return positions.ToImmutable();
    }
}
