namespace Sweeper.Training.Data.Made;

/// <summary>The compression of Unix's `compress`, in its block mode with codes of 9 to 16 bits.</summary>
internal static class LempelZivWelch
{
    private const int ShortestCode = 9, LongestCode = 16, Clear = 256, FirstFree = 257;

    /// <summary>
    /// Unpacks what follows the header of three bytes. Throws <see cref="InvalidDataException"/> where it is something else.
    /// </summary>
    public static byte[] Unpack(ReadOnlySpan<byte> packed)
    {
        var output = new List<byte>(4 * packed.Length);
        var (prefixes, lasts) = (new int[1 << LongestCode], new byte[1 << LongestCode]);
        var word = new Stack<byte>();
        int width = ShortestCode, free = FirstFree, previous = -1;
        long position = 0, group = 0;
        while (position + width <= 8L * packed.Length)
        {
            var code = Bits(packed, position, width);
            position += width;
            if (code == Clear)
            {
                (position, width, free, previous) = (EndOfGroup(position, group, width), ShortestCode, FirstFree, -1);
                group = position;
                continue;
            }

            if (code > free || (previous < 0 && code > byte.MaxValue) || (code == free && previous < 0))
            {
                throw new InvalidDataException($"there is no code {code} yet");
            }

            // The code of the word that is being made: the previous word and its own first letter.
            var first = code == free ? previous : code;
            while (first > byte.MaxValue)
            {
                word.Push(lasts[first]);
                first = prefixes[first];
            }

            word.Push((byte)first);
            output.AddRange(word);
            word.Clear();
            if (code == free)
            {
                output.Add((byte)first);
            }

            if (previous >= 0 && free < 1 << LongestCode)
            {
                (prefixes[free], lasts[free]) = (previous, (byte)first);
                free++;
            }

            previous = code;
            if (free == 1 << width && width < LongestCode)
            {
                position = EndOfGroup(position, group, width);
                group = position;
                width++;
            }
        }

        return [.. output];
    }

    /// <summary>Codes of one width are written in groups of eight: the last group of a width is filled up.</summary>
    private static long EndOfGroup(long position, long group, int width)
    {
        var groupBits = 8L * width;
        return group + ((position - group + groupBits - 1) / groupBits * groupBits);
    }

    private static int Bits(ReadOnlySpan<byte> packed, long position, int width)
    {
        var first = (int)(position / 8);
        var value = 0;
        for (var place = 0; place < 3 && first + place < packed.Length; place++)
        {
            value |= packed[first + place] << (8 * place);
        }

        return (value >> (int)(position % 8)) & ((1 << width) - 1);
    }
}
