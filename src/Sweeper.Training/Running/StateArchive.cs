using System.Globalization;
using Sweeper.Core.Measurements;
using static TorchSharp.torch;

namespace Sweeper.Training.Running;

/// <summary>
/// Tensors, whole numbers and texts by name, as the bytes of a safetensors file (<see cref="SafetensorsHeader"/>; numbers and texts are its
/// notes). Bits come back as they went.
/// </summary>
internal sealed class StateArchive
{
    private const string Version = "sweeper_checkpoint";

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
    public long Number(string name) =>
        long.TryParse(Text(name), CultureInfo.InvariantCulture, out var number) ? number : throw Foreign(name);

    /// <summary>A text. Throws <see cref="InvalidDataException"/> when there is none.</summary>
    public string Text(string name) => notes.TryGetValue(name, out var text) ? text : throw Foreign(name);

    /// <summary>Everything, copied.</summary>
    public byte[] ToBytes()
    {
        var header = SafetensorsHeader.ToBytes(Entries(), notes);
        var bytes = new byte[header.Length + Size];
        header.CopyTo(bytes, 0);
        var position = header.Length;
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
        var (entries, notes, start) = SafetensorsHeader.Read(bytes);
        var archive = new StateArchive();
        archive.notes.Clear();
        foreach (var (name, note) in notes)
        {
            archive.Put(name, note);
        }

        foreach (var (name, entry) in entries)
        {
            archive.Put(name, Read(entry, bytes[start..], device));
        }

        return archive.Number(Version) == 1 ? archive : throw Foreign(Version);
    }

    private static Tensor Read(TensorEntry entry, ReadOnlyMemory<byte> values, Device device)
    {
        // Memory of libtorch's own, aligned as all of its tensors: kernels may sum in another order elsewhere.
        var tensor = empty(entry.Shape, NumberTypes.Of(entry.Type));
        var (begin, end) = ((int)entry.Begin, (int)entry.End);
        if (begin < 0 || end > values.Length || end - begin != tensor.bytes.Length)
        {
            throw new InvalidDataException("this is no checkpoint: its end is missing");
        }

        values.Span[begin..end].CopyTo(tensor.bytes);
        return tensor.to(device);
    }

    private IEnumerable<KeyValuePair<string, TensorEntry>> Entries()
    {
        var position = 0L;
        foreach (var (name, tensor) in tensors)
        {
            yield return KeyValuePair.Create(
                name, new TensorEntry(NumberTypes.Of(tensor.dtype), tensor.shape, position, position + SizeOf(tensor)));
            position += SizeOf(tensor);
        }
    }

    private static long SizeOf(Tensor tensor) => tensor.numel() * tensor.element_size();

    private static InvalidDataException Foreign(string name) =>
        new($"the checkpoint belongs to another program: its '{name}' is missing or has another shape");
}
