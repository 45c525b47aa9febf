using System.Text;

namespace Sweeper.Training.Data.Files;

/// <summary>
/// Utterances as bytes, one after the other: the numbers of frames and of letters (32-bit integers), the letters (ASCII), the frames
/// (32-bit floating-point numbers); little-endian.
/// </summary>
internal static class UtteranceFile
{
    /// <summary>Writes utterances.</summary>
    public static byte[] Write(IReadOnlyCollection<Utterance> utterances)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        foreach (var utterance in utterances)
        {
            writer.Write(utterance.Length);
            writer.Write(utterance.Text.Length);
            writer.Write(Encoding.ASCII.GetBytes(utterance.Text));
            foreach (var number in utterance.Frames)
            {
                writer.Write(number);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Reads them.</summary>
    public static Utterance[] Read(byte[] content)
    {
        using var reader = new BinaryReader(new MemoryStream(content));
        var utterances = new List<Utterance>();
        while (reader.BaseStream.Position < content.Length)
        {
            var (frames, letters) = (reader.ReadInt32(), reader.ReadInt32());
            var text = Encoding.ASCII.GetString(reader.ReadBytes(letters));
            var numbers = new float[frames * Utterance.Bands];
            for (var place = 0; place < numbers.Length; place++)
            {
                numbers[place] = reader.ReadSingle();
            }

            utterances.Add(new Utterance(numbers, text));
        }

        return [.. utterances];
    }
}
