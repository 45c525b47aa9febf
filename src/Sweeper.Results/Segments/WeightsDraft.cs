using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sweeper.Core.Measurements;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Files;

namespace Sweeper.Results.Segments;

/// <summary>
/// Kept weights of a pack under construction, as one safetensors file: the length of a JSON header (8 bytes, little endian),
/// the header (name -> dtype, shape, offsets), then all numbers. Tensors are `trial_id/step/parameter`; members of a trial
/// other than 0 are `trial_id.member/step/parameter`. Numbers go to a file of their own until the header is known; without
/// any there is no file.
/// </summary>
/// <param name="path">The finished file, in the staging folder.</param>
/// <param name="trials">The pack's trials; blocks refer to positions in it.</param>
internal sealed class WeightsDraft(string path, ImmutableArray<Trial> trials)
{
    private readonly string numbersPath = path + ".numbers";
    private readonly SortedDictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private FileStream? numbers;

    /// <summary>Adds a parameter of several trials.</summary>
    public void Append(MeasurementBlock block)
    {
        numbers ??= DurableFile.Create(numbersPath);
        var isSingle = trials[0].Point.Choice("dtype") == "float32";
        foreach (var (row, position) in block.Trials.ToArray().Index())
        {
            var values = block.Values.Slice(row * block.Width, block.Width).ToArray();
            var bytes = isSingle ? MemoryMarshal.AsBytes(Array.ConvertAll(values, value => (float)value).AsSpan()) : MemoryMarshal.AsBytes(values.AsSpan());
            var begin = numbers.Position;
            numbers.Write(bytes);
            var member = block.Series.Member == 0 ? "" : $".{block.Series.Member}";
            entries.Add($"{trials[position].Id.Hex}{member}/{block.Step}/{block.Series.Component}", new Entry(isSingle ? "F32" : "F64", block.Shape.ToArray(), [begin, numbers.Position]));
        }
    }

    /// <summary>Writes the file and syncs it and its folder.</summary>
    public void Close()
    {
        if (numbers is null)
        {
            return;
        }

        numbers.Dispose();
        var header = JsonSerializer.SerializeToUtf8Bytes(entries);
        // Readers map the file and want numbers at multiples of 8: spaces after the header are part of the format.
        var padded = new byte[(header.Length + 7) / 8 * 8];
        padded.AsSpan().Fill((byte)' ');
        header.CopyTo(padded, 0);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)padded.Length);
        using (var stream = DurableFile.Create(path))
        {
            stream.Write(length);
            stream.Write(padded);
            using (var source = File.OpenRead(numbersPath))
            {
                source.CopyTo(stream);
            }

            DurableFile.Commit(stream, path);
        }

        File.Delete(numbersPath);
        Sync.Folder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Removes whatever there is of it.</summary>
    public void Remove()
    {
        numbers?.Dispose();
        File.Delete(numbersPath);
        File.Delete(path);
    }

    /// <summary>A tensor in the header; names as the format has them.</summary>
    private sealed record Entry(
        [property: JsonPropertyName("dtype")] string Type,
        [property: JsonPropertyName("shape")] int[] Shape,
        [property: JsonPropertyName("data_offsets")] long[] Offsets);
}
