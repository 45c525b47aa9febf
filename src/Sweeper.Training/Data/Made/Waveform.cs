using System.Buffers.Binary;

namespace Sweeper.Training.Data.Made;

/// <summary>Sound: one channel of 16-bit samples.</summary>
/// <param name="Rate">Samples a second.</param>
/// <param name="Samples">Samples.</param>
internal sealed record Waveform(int Rate, short[] Samples)
{
    private const int Riff = 12, ChunkHeader = 8;

    /// <summary>
    /// From a WAV file as programs write them to a pipe: before they know its length, so that the last chunk goes to the end whatever it
    /// says. Throws <see cref="InvalidDataException"/> where it is something else.
    /// </summary>
    public static Waveform Parse(ReadOnlySpan<byte> file)
    {
        var rate = 0;
        for (var chunk = Riff; chunk + ChunkHeader <= file.Length;)
        {
            var kind = file.Slice(chunk, 4);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(file[(chunk + 4)..]);
            var content = file[(chunk + ChunkHeader)..];
            if (kind.SequenceEqual("data"u8) && rate > 0)
            {
                var bytes = content[..(int)Math.Min(length, content.Length)];
                var samples = new short[bytes.Length / sizeof(short)];
                for (var sample = 0; sample < samples.Length; sample++)
                {
                    samples[sample] = BinaryPrimitives.ReadInt16LittleEndian(bytes[(sizeof(short) * sample)..]);
                }

                return new Waveform(rate, samples);
            }

            if (kind.SequenceEqual("fmt "u8) && content.Length >= 16)
            {
                var (format, channels) = (
                    BinaryPrimitives.ReadInt16LittleEndian(content), BinaryPrimitives.ReadInt16LittleEndian(content[2..]));
                rate = (format, channels, BinaryPrimitives.ReadInt16LittleEndian(content[14..])) == (1, 1, 16)
                    ? BinaryPrimitives.ReadInt32LittleEndian(content[4..])
                    : throw new InvalidDataException("its sound is not one channel of 16 bits");
            }

            chunk += ChunkHeader + (int)Math.Min(length, file.Length);
        }

        throw new InvalidDataException("it is no WAV file");
    }
}
