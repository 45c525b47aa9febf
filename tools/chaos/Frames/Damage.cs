using System.Buffers.Binary;

namespace Sweeper.Chaos.Frames;

/// <summary>Changes bytes at random, as a fuzzer does: bits, bytes, lengths, pieces lost and doubled.</summary>
internal static class Damage
{
    private static readonly int[] Awkward = [0, -1, 1, int.MaxValue, int.MinValue, 64_000, 128_000, 1 << 24];

    /// <summary>A copy with one to four changes.</summary>
    public static byte[] To(byte[] bytes, Random random)
    {
        var changed = bytes.ToArray();
        for (var times = random.Next(1, 5); times > 0 && changed.Length > 0; times--)
        {
            var at = random.Next(changed.Length);
            switch (random.Next(6))
            {
                case 0:
                    changed[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    changed[at] = (byte)random.Next(256);
                    break;
                case 2 when changed.Length >= sizeof(int):
                    BinaryPrimitives.WriteInt32LittleEndian(
                        changed.AsSpan(random.Next(changed.Length - sizeof(int) + 1)), Awkward[random.Next(Awkward.Length)]);
                    break;
                case 3:
                    changed = changed[..at];
                    break;
                case 4:
                    changed = [.. changed[..at], .. changed[random.Next(changed.Length)..]];
                    break;
                default:
                    random.NextBytes(changed.AsSpan(at, Math.Min(8, changed.Length - at)));
                    break;
            }
        }

        return changed;
    }
}
