using System.Buffers.Binary;
using System.Text.Json;

namespace Sweeper.Core.Measurements;

/// <summary>
/// How a safetensors file begins: the length of a JSON header (8 bytes, little endian), and the header (name -> dtype, shape, offsets;
/// texts in `__metadata__`). All numbers follow.
/// </summary>
public static class SafetensorsHeader
{
    private const string Metadata = "__metadata__";

    private static readonly (string Name, NumberType Type)[] Types =
        [("F32", NumberType.Float32), ("F64", NumberType.Float64), ("I64", NumberType.Int64), ("BOOL", NumberType.Boolean)];

    /// <summary>The bytes of it.</summary>
    /// <param name="tensors">By name: type, shape, and where its bytes stand among all numbers.</param>
    /// <param name="notes">Texts by name; none where there is no metadata.</param>
    public static byte[] ToBytes(
        IEnumerable<KeyValuePair<string, TensorEntry>> tensors, IEnumerable<KeyValuePair<string, string>>? notes = null)
    {
        var entries = new Dictionary<string, object>();
        if (notes is not null)
        {
            entries.Add(Metadata, notes.ToDictionary());
        }

        foreach (var (name, tensor) in tensors)
        {
            var dtype = Types.First(known => known.Type == tensor.Type).Name;
            entries.Add(name, new { dtype, shape = tensor.Shape, data_offsets = (long[])[tensor.Begin, tensor.End] });
        }

        // Readers map the file and want numbers at multiples of 8: spaces after the header are part of the format.
        var text = JsonSerializer.SerializeToUtf8Bytes(entries);
        var header = new byte[sizeof(long) + (text.Length + 7) / 8 * 8];
        header.AsSpan().Fill((byte)' ');
        BinaryPrimitives.WriteInt64LittleEndian(header, header.Length - sizeof(long));
        text.CopyTo(header, sizeof(long));
        return header;
    }

    /// <summary>
    /// Reads it, and where in the file the numbers begin. Throws <see cref="InvalidDataException"/> when the bytes do not begin with one.
    /// </summary>
    public static (IReadOnlyDictionary<string, TensorEntry> Tensors, IReadOnlyDictionary<string, string> Notes, int Start) Read(
        ReadOnlyMemory<byte> file)
    {
        try
        {
            var start = sizeof(long) + checked((int)BinaryPrimitives.ReadInt64LittleEndian(file.Span));
            using var header = JsonDocument.Parse(file[sizeof(long)..start]);
            var tensors = header.RootElement.EnumerateObject().Where(entry => entry.Name != Metadata)
                .ToDictionary(entry => entry.Name, entry => EntryOf(entry.Value));
            var notes = header.RootElement.TryGetProperty(Metadata, out var metadata)
                ? metadata.EnumerateObject().ToDictionary(note => note.Name, note => note.Value.GetString()!)
                : [];
            return (tensors, notes, start);
        }
        catch (Exception fault) when (fault is JsonException or FormatException or ArgumentException or InvalidOperationException
            or KeyNotFoundException or OverflowException)
        {
            throw new InvalidDataException("this is no safetensors file", fault);
        }
    }

    private static TensorEntry EntryOf(JsonElement entry)
    {
        var offsets = entry.GetProperty("data_offsets");
        return new TensorEntry(
            Types.First(known => known.Name == entry.GetProperty("dtype").GetString()).Type,
            [.. entry.GetProperty("shape").EnumerateArray().Select(side => side.GetInt64())], offsets[0].GetInt64(), offsets[1].GetInt64());
    }
}

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Type">Of its numbers.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Begin">Its first byte, counted from the first of all numbers.</param>
/// <param name="End">The byte after its last.</param>
public sealed record TensorEntry(NumberType Type, long[] Shape, long Begin, long End);
