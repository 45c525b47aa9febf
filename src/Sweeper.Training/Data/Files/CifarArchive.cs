using System.Collections.Immutable;
using System.Formats.Tar;
using System.IO.Compression;

namespace Sweeper.Training.Data.Files;

/// <summary>
/// The binary version of CIFAR-10, as the archive that is published: five training files of 10,000 records, each a label byte
/// and the red, green and blue pixels of 32 x 32.
/// </summary>
internal static class CifarArchive
{
    private const int Batches = 5;

    /// <summary>The training images; the test batch is not used.</summary>
    public static ImageShape Shape { get; } = new(50_000, 3, 32, 10);

    /// <summary>Reads the training images.</summary>
    public static ImageSet Read(ImmutableArray<FoundFile> files)
    {
        var batches = new byte[]?[Batches];
        try
        {
            using var archive = new TarReader(new GZipStream(File.OpenRead(files[0].Path), CompressionMode.Decompress));
            while (archive.GetNextEntry() is { } entry)
            {
                var name = Path.GetFileName(entry.Name);
                for (var batch = 0; batch < Batches; batch++)
                {
                    batches[batch] = name == $"data_batch_{batch + 1}.bin" ? Content(entry) : batches[batch];
                }
            }
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException)
        {
            throw files[0].Unfit("it is no complete .tar.gz archive", fault);
        }

        return Parse(
            files[0], [.. batches.Select((batch, index) => batch ?? throw files[0].Unfit($"it has no data_batch_{index + 1}.bin"))], Shape);
    }

    /// <summary>Takes labels and pixels of equally long batches apart.</summary>
    internal static ImageSet Parse(FoundFile file, byte[][] batches, ImageShape shape)
    {
        var (record, perBatch) = (1 + shape.Values, shape.Images / batches.Length);
        var (pixels, labels) = (new byte[(long)shape.Images * shape.Values], new byte[shape.Images]);
        for (var image = 0; image < shape.Images; image++)
        {
            var (batch, row) = Math.DivRem(image, perBatch);
            if (batches[batch].Length != perBatch * record || batches[batch][row * record] >= shape.Classes)
            {
                throw file.Unfit(
                    $"batch {batch + 1} is not {perBatch:#,0} records of a label below {shape.Classes} and {shape.Values:#,0} pixels");
            }

            labels[image] = batches[batch][row * record];
            batches[batch].AsSpan(row * record + 1, shape.Values).CopyTo(pixels.AsSpan(image * shape.Values));
        }

        return new ImageSet(pixels, labels);
    }

    private static byte[] Content(TarEntry entry)
    {
        using var bytes = new MemoryStream();
        entry.DataStream?.CopyTo(bytes);
        return bytes.ToArray();
    }
}
