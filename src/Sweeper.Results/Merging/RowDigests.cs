using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Parquet;
using Sweeper.Core.Journal;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Files;
using Sweeper.Results.Folders;
using Sweeper.Results.Segments;

namespace Sweeper.Results.Merging;

/// <summary>
/// A hash of the rows of every trial of a segment: rows that are equal to the bit, whatever file they stand in, have equal hashes.
/// </summary>
internal static class RowDigests
{
    /// <summary>By trial. Throws <see cref="Core.Errors.SweepException"/> (preflight) when a file is not what was committed.</summary>
    public static IReadOnlyDictionary<TrialId, string> Of(string path, SegmentRecord segment)
    {
        var folder = new ResultFolder(path);
        var hashes = segment.Content.Trials.ToDictionary(
            trial => trial.Hex, _ => IncrementalHash.CreateHash(HashAlgorithmName.SHA256), StringComparer.Ordinal);
        foreach (var file in segment.Files)
        {
            SegmentCheck.Verify(folder, file, segment.Content.Trials.Length);
            DiskFault.Guard(
                folder.Segment(file.Name), () => Add(folder.Segment(file.Name), hashes.GetAlternateLookup<ReadOnlySpan<char>>()));
        }

        return hashes.ToDictionary(pair => new TrialId(pair.Key), pair => Convert.ToHexStringLower(pair.Value.GetHashAndReset()));
    }

    /// <summary>A trial's rows stand in one order in every file: by step, metric, split, component, index and member.</summary>
    private static void Add(string path, Dictionary<string, IncrementalHash>.AlternateLookup<ReadOnlySpan<char>> hashes)
    {
        using var stream = File.OpenRead(path);
        var file = ParquetReader.CreateAsync(stream).GetAwaiter().GetResult();
        var rows = new SegmentRows();
        Span<byte> numbers = stackalloc byte[2 * sizeof(long) + 2 * sizeof(int)];
        for (var group = 0; group < file.RowGroupCount; group++)
        {
            rows.Read(file, group);
            for (var row = 0; row < rows.Count; row++)
            {
                if (hashes.TryGetValue(rows.Trial[row].Span, out var hash))
                {
                    BinaryPrimitives.WriteInt64LittleEndian(numbers, rows.Step[row]);
                    BinaryPrimitives.WriteInt32LittleEndian(numbers[8..], rows.Index[row]);
                    BinaryPrimitives.WriteInt32LittleEndian(numbers[12..], rows.Member[row]);
                    BinaryPrimitives.WriteDoubleLittleEndian(numbers[16..], double.IsNaN(rows.Value[row]) ? double.NaN : rows.Value[row]);
                    hash.AppendData(numbers);
                    ReadOnlySpan<ReadOnlyMemory<char>> words = [rows.Source[row], rows.Metric[row], rows.Split[row], rows.Component[row]];
                    foreach (var word in words)
                    {
                        hash.AppendData(MemoryMarshal.AsBytes(word.Span));
                        hash.AppendData([0, 0]);
                    }
                }
            }
        }
    }
}
