using Sweeper.Cluster.Tests.CommandLine;

namespace Sweeper.Campaigns;

/// <summary>Data sets that take long to make, from their packages.</summary>
public sealed class MadeDataCampaign
{
    /// <summary>
    /// A thousand words of a synthesiser come out as the bytes that trials are known by, also where its processor has no fused
    /// operations.
    /// </summary>
    [Theory]
    [InlineData("")]
    [InlineData("glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX512F,-AVX")]
    public void Spoken_digits_are_the_same_bytes_on_other_processors(string tunables)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/espeak-ng"), "the package espeak-ng is not installed");
        using var folder = new TemporaryFolder();
        var made = SweeperProcess.Shell(folder.Path, $"SWEEPER_DATA=data GLIBC_TUNABLES={tunables} $SWEEPER data spoken-digits --make");
        Assert.True(made.ExitCode == 0, made.Error + made.Output);
        Assert.True(File.Exists(Path.Combine(folder.Path, "data", "spoken-digits", "spoken-digits.bin")));
    }
}
