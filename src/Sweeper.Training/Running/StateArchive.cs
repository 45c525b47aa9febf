using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using static TorchSharp.torch;

namespace Sweeper.Training.Running;

/// <summary>
/// Tensors, whole numbers and texts by name, as the bytes of a safetensors file: length of a JSON header (8 bytes, little endian), the
/// header (name -> dtype, shape, offsets; numbers and texts in `__metadata__`), then all values. Bits come back as they went.
/// </summary>
internal sealed class StateArchive
{
    private const string Metadata = "__metadata__";
    private const string Version = "sweeper_checkpoint";

    private static readonly (string Name, ScalarType Type)[] Types =
        [("F32", ScalarType.Float32), ("F64", ScalarType.Float64), ("I64", ScalarType.Int64), ("BOOL", ScalarType.Bool)];

    private readonly SortedDictionary<string, Tensor> tensors = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> notes = new(StringComparer.Ordinal) { [Version] = "1" };

    /// <summary>Names of the tensors, in order.</summary>
    public IEnumerable<string> Tensors => tensors.Keys;

    /// <summary>Bytes of all values.</summary>
    public long Size => tensors.Values.Sum(SizeOf);

    /// <summary>Adds a tensor, which is not copied before <see cref="ToBytes"/>.</summary>
    public void Put(string name, Tensor tensor) => tensors.Add(name, tensor);

    /// <summary>Adds a number.</summary>
    public void Put(string name, long number) => Put(name, number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds a text.</summary>
    public void Put(string name, string text) => notes.Add(name, text);

    /// <summary>A tensor, or null.</summary>
    public Tensor? Find(string name) => tensors.GetValueOrDefault(name);

    /// <summary>A tensor of this shape. Throws <see cref="InvalidDataException"/> when there is none.</summary>
    public Tensor Tensor(string name, params ReadOnlySpan<long> shape) =>
        Find(name) is { } tensor && shape.SequenceEqual(tensor.shape) ? tensor : throw Foreign(name);

    /// <summary>A number. Throws <see cref="InvalidDataException"/> when there is none.</summary>
    public long Number(string name) => long.TryParse(Text(name), CultureInfo.InvariantCulture, out var number) ? number : throw Foreign(name);

    /// <summary>A text. Throws <see cref="InvalidDataException"/> when there is none.</summary>
    public string Text(string name) => notes.TryGetValue(name, out var text) ? text : throw Foreign(name);

    /// <summary>Everything, copied.</summary>
    public byte[] ToBytes()
    {
        var header = Header();
        var bytes = new byte[sizeof(long) + header.Length + Size];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, header.Length);
        header.CopyTo(bytes, sizeof(long));
        var position = sizeof(long) + header.Length;
        foreach (var tensor in tensors.Values)
        {
            using var scope = TorchSharp.torch.NewDisposeScope();
            var values = tensor.cpu().contiguous().bytes;
            values.CopyTo(bytes.AsSpan(position));
            position += values.Length;
        }

        return bytes;
    }

    /// <summary>The same read again, on a device. Throws <see cref="InvalidDataException"/> when it is nothing of the kind.</summary>
    public static StateArchive Of(ReadOnlyMemory<byte> bytes, Device device)
    {
        try
        {
            var start = sizeof(long) + (int)BinaryPrimitives.ReadInt64LittleEndian(bytes.Span);
            using var header = JsonDocument.Parse(bytes[sizeof(long)..start]);
            var archive = new StateArchive();
            archive.notes.Clear();
            foreach (var entry in header.RootElement.EnumerateObject())
            {
                if (entry.Name == Metadata)
                {
                    foreach (var note in entry.Value.EnumerateObject())
                    {
                        archive.Put(note.Name, note.Value.GetString()!);
                    }
                }
                else
                {
                    archive.Put(entry.Name, Read(entry.Value, bytes[start..], device));
                }
            }

            return archive.Number(Version) == 1 ? archive : throw Foreign(Version);
        }
        catch (Exception fault) when (fault is JsonException or FormatException or ArgumentException or InvalidOperationException or KeyNotFoundException)
        {
            throw new InvalidDataException("this is no checkpoint", fault);
        }
    }

    private static Tensor Read(JsonElement entry, ReadOnlyMemory<byte> values, Device device)
    {
        var type = Types.First(known => known.Name == entry.GetProperty("dtype").GetString()).Type;
        long[] shape = [.. entry.GetProperty("shape").EnumerateArray().Select(side => side.GetInt64())];
        var offsets = entry.GetProperty("data_offsets");
        int begin = offsets[0].GetInt32(), end = offsets[1].GetInt32();
        // Memory of libtorch's own, aligned as all of its tensors: kernels may sum in another order elsewhere.
        var tensor = empty(shape, type);
        values.Span[begin..end].CopyTo(tensor.bytes);
        return tensor.to(device);
    }

    /// <summary>Spaces after it are part of the format: values begin at a multiple of 8.</summary>
    private byte[] Header()
    {
        var entries = new Dictionary<string, object> { [Metadata] = notes };
        var position = 0L;
        foreach (var (name, tensor) in tensors)
        {
            var dtype = Types.First(known => known.Type == tensor.dtype).Name;
            entries.Add(name, new { dtype, tensor.shape, data_offsets = (long[])[position, position + SizeOf(tensor)] });
            position += SizeOf(tensor);
        }

        var text = JsonSerializer.SerializeToUtf8Bytes(entries);
        var header = new byte[(text.Length + 7) / 8 * 8];
        header.AsSpan().Fill((byte)' ');
        text.CopyTo(header, 0);
        return header;
    }

    private static long SizeOf(Tensor tensor) => tensor.numel() * tensor.element_size();

    private static InvalidDataException Foreign(string name) => new($"the checkpoint belongs to another program: its '{name}' is missing or has another shape");
}
