using Sweeper.Training.Libtorch;
using Xunit;

namespace Sweeper.Training.Tests.Libtorch;

public sealed class SymbolVersionsTests
{
    /// <summary>
    /// Place of the entry as readelf -V prints it: section at 0x3f8f0, GLIBCXX_3.4.32 at 0x140, flags 4 bytes into an entry.
    /// </summary>
    [Fact]
    public void Weakening_a_needed_version_changes_its_flag_and_nothing_else()
    {
        var library = File.ReadAllBytes(TorchFolders.Find().TorchSharp);
        var mended = library.ToArray();
        SymbolVersions.Weaken(mended, "GLIBCXX_3.4.32");
        Assert.Equal([0x3f8f0 + 0x140 + 4], Enumerable.Range(0, library.Length).Where(at => library[at] != mended[at]));
        Assert.Equal(2, mended[0x3f8f0 + 0x140 + 4]);
    }

    [Fact]
    public void What_is_no_library_or_lacks_the_version_is_refused()
    {
        Assert.Throws<InvalidDataException>(() => SymbolVersions.Weaken(new byte[100], "GLIBCXX_3.4.32"));
        Assert.Throws<InvalidDataException>(
            () => SymbolVersions.Weaken(File.ReadAllBytes(TorchFolders.Find().TorchSharp), "GLIBCXX_9.9.99"));
    }
}
