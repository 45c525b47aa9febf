using System.IO.Compression;
using System.Security.Cryptography;
using Sweeper.Core.Errors;
using Sweeper.Training.Data.Files;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Data.Files;

public sealed class DataFileTests : IDisposable
{
    private static readonly byte[] Images = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 4, 250, 251, 252, 253];
    private static readonly byte[] Labels = [0, 0, 8, 1, 0, 0, 0, 2, 1, 0];
    private readonly string folder = Directory.CreateTempSubdirectory("sweeper-data-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Where_only_the_small_files_of_a_publication_are_here_they_are_named()
    {
        var (large, small) = (Datasets.FindImages("mnist")!, Datasets.FindImages("mnist-test")!);
        string Remedy() => Assert.Throws<SweepException>(() => DataStore.Check(large, new DataFolders([folder]))).Remedy!;
        Assert.DoesNotContain("mnist-test", Remedy(), StringComparison.Ordinal);
        foreach (var expected in small.Files)
        {
            using var file = File.Create(Path.Combine(folder, expected.Name));
            file.SetLength(expected.Bytes);
        }

        Assert.EndsWith(" 'mnist-test' is here, 10,000 images: it will do for a first try.", Remedy(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Images_and_labels_are_read_compressed_or_not(bool isPacked)
    {
        var set = DataStore.Read(Tiny(), DataStore.Check(Tiny(isPacked), Put(isPacked)));
        Assert.Equal(Images[16..], set.Pixels);
        Assert.Equal([1, 0], set.Labels);
    }

    [Theory]
    [InlineData(3, 1, "begins otherwise")]
    [InlineData(7, 9, "9 x 2 x 2")]
    [InlineData(-1, 0, "bytes follow its header")]
    public void A_file_with_another_header_or_length_is_refused_in_a_sentence(int position, byte value, string reason)
    {
        byte[] changed = position < 0 ? Images[..^1] : [.. Images[..position], value, .. Images[(position + 1)..]];
        var file = new FoundFile(Path.Combine(folder, "images"), new DataFile("images", changed.Length, Hash(changed)));
        File.WriteAllBytes(file.Path, changed);
        var fault = Assert.Throws<SweepException>(() => IdxFile.Values(file, 2, 2, 2));
        Assert.Equal(ExitCode.Preflight, fault.ExitCode);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
        Assert.Equal(file.Path, fault.Place);
        Assert.NotNull(fault.Remedy);
    }

    [Fact]
    public void A_file_that_is_cut_off_or_has_other_bytes_is_refused_by_length_and_by_hash()
    {
        var folders = Put(isPacked: false);
        File.WriteAllBytes(Path.Combine(folder, "tiny", "images"), Images[..^3]);
        Assert.Contains("cut off", Refusal(folders).Message, StringComparison.Ordinal);
        File.WriteAllBytes(Path.Combine(folder, "tiny", "images"), [.. Images[..^1], 9]);
        Assert.Contains("SHA-256", Refusal(folders).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_refused_with_where_it_was_looked_for_and_how_to_get_it()
    {
        var fault = Refusal(new DataFolders([folder, "/nowhere"]));
        Assert.Contains("images of the dataset 'tiny' was not found", fault.Message, StringComparison.Ordinal);
        Assert.Contains("/nowhere", fault.Place, StringComparison.Ordinal);
        Assert.Contains("from the shop", fault.Remedy, StringComparison.Ordinal);
        Assert.Contains(DataFolders.Variable, fault.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_the_right_length_is_preferred_to_one_of_the_same_name_in_an_earlier_folder()
    {
        Put(isPacked: false);
        var other = Directory.CreateDirectory(Path.Combine(folder, "other")).FullName;
        File.WriteAllBytes(Path.Combine(other, "images"), [1]);
        Assert.Equal(Path.Combine(folder, "tiny", "images"), new DataFolders([other, folder]).Find(Tiny(), Tiny().Files[0])!.Path);
    }

    [Fact]
    public void Records_of_cifar_are_a_label_and_three_colours()
    {
        var shape = new ImageShape(2, 3, 1, 10);
        var file = new FoundFile("cifar", new DataFile("cifar", 0, ""));
        var set = CifarArchive.Parse(file, [[7, 1, 2, 3], [9, 4, 5, 6]], shape);
        Assert.Equal([7, 9], set.Labels);
        Assert.Equal([1, 2, 3, 4, 5, 6], set.Pixels);
        Assert.Throws<SweepException>(() => CifarArchive.Parse(file, [[7, 1, 2], [9, 4, 5, 6]], shape));
        Assert.Throws<SweepException>(() => CifarArchive.Parse(file, [[10, 1, 2, 3], [9, 4, 5, 6]], shape));
    }

    [Fact]
    public void Each_channel_is_standardised_by_the_training_images_alone()
    {
        using var scope = NewDisposeScope();
        var set = new ImageSet([0, 10, 4, 30, 100, 10], [0, 0, 0]);
        var inputs = StandardisedImages.Of(set, new ImageShape(3, 2, 1, 10), [0, 1, 2], 2, ScalarType.Float64).Numbers();
        // Channel 0: 0 and 4, mean 2, deviation 2; channel 1: 10 and 30, mean 20, deviation 10.
        Assert.Equal([-1, -1, 1, 1, 49, -1], inputs);
    }

    [Fact]
    public void The_hash_of_a_dataset_depends_on_its_files_and_no_two_are_alike()
    {
        Assert.Equal(Datasets.All.Length, Datasets.All.Select(dataset => dataset.ContentHash).Distinct().Count());
        Assert.Equal(Hash(System.Text.Encoding.UTF8.GetBytes($"{Hash(Images)}\n{Hash(Labels)}")), Tiny().ContentHash);
    }

    private SweepException Refusal(DataFolders folders)
    {
        var fault = Assert.Throws<SweepException>(() => DataStore.Check(Tiny(), folders));
        Assert.Equal(ExitCode.Preflight, fault.ExitCode);
        return fault;
    }

    private DataFolders Put(bool isPacked)
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, "tiny")).FullName;
        foreach (var (name, content) in new[] { ("images", Images), ("labels", Labels) })
        {
            File.WriteAllBytes(Path.Combine(own, isPacked ? $"{name}.gz" : name), isPacked ? Packed(content) : content);
        }

        return new DataFolders([folder]);
    }

    private static ImageDataset Tiny(bool isPacked = false) => new(
        "tiny", "tiny", [Published("images", Images, isPacked), Published("labels", Labels, isPacked)], ImageFormat.Idx, "from the shop",
        new ImageShape(2, 1, 2, 2));

    private static DataFile Published(string name, byte[] content, bool isPacked) => isPacked
        ? new DataFile($"{name}.gz", Packed(content).Length, Hash(Packed(content)))
        : new DataFile(name, content.Length, Hash(content));

    private static byte[] Packed(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
