using System.Security.Cryptography;
using System.Text;
using Sweeper.Core.Errors;
using Sweeper.Training.Data.Files;
using Sweeper.Training.Data.Made;
using Xunit;

namespace Sweeper.Training.Tests.Data.Made;

public sealed class MadeDatasetTests : IDisposable
{
    private static readonly DebianPackage Package = new("tiny-text", "1.2");
    private readonly string folder = Directory.CreateTempSubdirectory("sweeper-made-").FullName;
    private int times;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private DataFolders Folders => new(["/nowhere", folder]);

    [Fact]
    public void It_is_made_once_and_found_afterwards()
    {
        var dataset = Making("abc");
        var path = Path.Combine(folder, "tiny", "tiny.txt");
        Assert.Equal((path, true), DataStore.Make(dataset, Folders));
        Assert.Equal((path, false), DataStore.Make(dataset, Folders));
        Assert.Equal(1, times);
        Assert.Equal([path], Directory.GetFileSystemEntries(Path.Combine(folder, "tiny")));
        Assert.Equal("abc", Encoding.ASCII.GetString(DataStore.Check(dataset, Folders)[0].Content()));
    }

    [Fact]
    public void A_damaged_file_is_made_again()
    {
        var dataset = Making("abc");
        var (path, _) = DataStore.Make(dataset, Folders);
        File.WriteAllText(path, "abd");
        Assert.Equal((path, true), DataStore.Make(dataset, Folders));
        Assert.Equal("abc", File.ReadAllText(path));
    }

    [Fact]
    public void Other_bytes_than_the_known_ones_are_refused_and_not_stored()
    {
        var fault = Assert.Throws<SweepException>(() => DataStore.Make(Making("abd"), Folders));
        Assert.Equal(ExitCode.Preflight, fault.ExitCode);
        Assert.Contains("tiny-text 1.2", fault.Remedy, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public void A_sweep_without_it_is_told_which_package_to_install_and_how_to_make_it()
    {
        var fault = Assert.Throws<SweepException>(() => DataStore.Check(Making("abc"), Folders));
        Assert.Equal(ExitCode.Preflight, fault.ExitCode);
        Assert.Contains("`apt-get install tiny-text`", fault.Remedy, StringComparison.Ordinal);
        Assert.Contains("`sweeper data tiny --make`", fault.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_or_program_of_a_package_that_is_not_here_is_refused_with_what_installs_it()
    {
        foreach (var fault in new[]
        {
            Assert.Throws<SweepException>(() => Package.Read(Path.Combine(folder, "no", "file"))),
            Assert.Throws<SweepException>(() => Package.Run(Path.Combine(folder, "program"))),
        })
        {
            Assert.Equal(ExitCode.Preflight, fault.ExitCode);
            Assert.Contains("apt-get install tiny-text", fault.Remedy, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_a_program_says_is_read_and_its_failure_told()
    {
        Assert.Equal("a b", Encoding.ASCII.GetString(Package.Run("/bin/sh", "-c", "printf 'a b'")));
        var fault = Assert.Throws<SweepException>(() => Package.Run("/bin/sh", "-c", "echo no voice >&2; exit 3"));
        Assert.Contains("exit code 3: no voice", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>The known hash is that of an independent program: `zcat` of the windows, and the letters picked by Python.</summary>
    [Fact]
    public void The_king_james_bible_of_the_package_has_the_known_verses()
    {
        Assert.SkipUnless(File.Exists("/usr/lib/bible.data"), $"the package {KingJamesBible.Package} is not installed");
        var text = KingJamesBible.Make();
        Assert.Equal(MadeDatasets.KingJamesBible.File.Bytes, text.Length);
        Assert.Equal(MadeDatasets.KingJamesBible.File.Sha256, Convert.ToHexStringLower(SHA256.HashData(text)));
    }

    [Fact]
    public void Of_a_verse_only_words_in_lower_case_are_kept() =>
        Assert.Equal(
            "ho every one that thirsteth\nthe lords song\n",
            Encoding.ASCII.GetString(
                KingJamesBible.Verses("A title\nIsa55:1 Ho, every one - that thirsteth,\nPsa137:4 the LORD's song\n")));

    private MadeDataset Making(string content) => new(
        "tiny", new DataFile("tiny.txt", 3, Convert.ToHexStringLower(SHA256.HashData("abc"u8))), Package, "three letters", () =>
        {
            times++;
            return Encoding.ASCII.GetBytes(content);
        });
}
