using System.Collections.Immutable;
using Sweeper.Core.Measurements;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Files;

namespace Sweeper.Results.Segments;

/// <summary>
/// Kept weights of a pack under construction, as one safetensors file. Tensors are `trial_id/step/parameter`; members of a trial
/// other than 0 are `trial_id.member/step/parameter`. Numbers go to a file of their own until the header is known; without
/// any there is no file.
/// </summary>
/// <param name="path">The finished file, in the staging folder.</param>
/// <param name="trials">The pack's trials; blocks refer to positions in it.</param>
internal sealed class WeightsDraft(string path, ImmutableArray<Trial> trials)
{
    private readonly string numbersPath = path + ".numbers";
    private readonly SortedDictionary<string, TensorEntry> entries = new(StringComparer.Ordinal);
    private FileStream? numbers;

    /// <summary>Adds a parameter of several trials.</summary>
    public void Append(WeightsBlock block)
    {
        numbers ??= DurableFile.Create(numbersPath);
        foreach (var (row, position) in block.Trials.ToArray().Index())
        {
            var begin = numbers.Position;
            numbers.Write(block.ContentOf(row).Span);
            var member = block.Member == 0 ? "" : $".{block.Member}";
            entries.Add(
                $"{trials[position].Id.Hex}{member}/{block.Step}/{block.Parameter}",
                new TensorEntry(block.Type, Array.ConvertAll(block.Shape.ToArray(), side => (long)side), begin, numbers.Position));
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
        using (var stream = DurableFile.Create(path))
        {
            stream.Write(SafetensorsHeader.ToBytes(entries));
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
}
