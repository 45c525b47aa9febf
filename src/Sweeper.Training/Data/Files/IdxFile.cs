using System.Buffers.Binary;
using System.Collections.Immutable;

namespace Sweeper.Training.Data.Files;

/// <summary>
/// The IDX format of MNIST: two zero bytes, a type (8: unsigned bytes), the number of dimensions, these as big-endian 32-bit
/// numbers, then the values, row-major.
/// </summary>
internal static class IdxFile
{
    private const byte UnsignedBytes = 8;

    /// <summary>Reads images and labels of a shape: the first file and the second.</summary>
    public static ImageSet Images(ImmutableArray<FoundFile> files, ImageShape shape)
    {
        var labels = Values(files[1], shape.Images);
        return Array.Exists(labels, label => label >= shape.Classes)
            ? throw files[1].Unfit($"a label is not one of {shape.Classes} classes")
            : new ImageSet(Values(files[0], shape.Images, shape.Side, shape.Side), labels);
    }

    /// <summary>The values of a file whose dimensions must be these.</summary>
    public static byte[] Values(FoundFile file, params int[] dimensions)
    {
        var content = file.Content();
        var header = 4 + 4 * dimensions.Length;
        var expected = $"an IDX file of {string.Join(" x ", dimensions)} bytes was expected";
        if (content.Length < header || content[0] != 0 || content[1] != 0 || content[2] != UnsignedBytes || content[3] != dimensions.Length)
        {
            throw file.Unfit($"{expected}, but it begins otherwise");
        }

        int[] found = [.. Enumerable.Range(0, dimensions.Length)
            .Select(axis => BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(4 + 4 * axis)))];
        var length = dimensions.Aggregate(1L, (product, extent) => product * extent);
        return !found.SequenceEqual(dimensions)
            ? throw file.Unfit($"{expected}, but it says that it has {string.Join(" x ", found)}")
            : content.Length - header != length
            ? throw file.Unfit($"{expected}, but {content.Length - header:#,0} bytes follow its header instead of {length:#,0}")
            : content[header..];
    }
}
