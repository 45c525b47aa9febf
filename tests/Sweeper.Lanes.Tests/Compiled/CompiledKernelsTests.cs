using System.Diagnostics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using System.Text.RegularExpressions;
using Sweeper.Lanes.Tests.Networks;
using Xunit;

namespace Sweeper.Lanes.Tests.Compiled;

/// <summary>
/// What the JIT makes of the kernels: an innermost loop has four fused multiply-adds for each of its rows, or eight for one, and touches no
/// stack; and no operation on a register is a call. A child process, which trains some networks, writes it down.
/// </summary>
public sealed partial class CompiledKernelsTests
{
    private static readonly string[] Rows = ["OneRow", "TwoRows", "ThreeRows", "FourRows", "FiveRows", "SixRows"];

    [Fact]
    public async Task The_inner_loops_of_the_widest_registers_are_multiply_adds_without_spills()
    {
        Assert.SkipUnless(HasMultiplyAdd, "this processor has no fused multiply-add");
        Check(await CompiledAsync(without: null), Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128);
    }

    /// <summary>Of sixteen registers, where this machine has thirty-two.</summary>
    [Fact]
    public async Task So_they_are_on_a_processor_without_AVX_512()
    {
        Assert.SkipUnless(HasMultiplyAdd && Vector256.IsHardwareAccelerated, "this processor has no AVX2");
        Check(await CompiledAsync(without: SwitchesTests.NoAvx512), 256);
    }

    private static bool HasMultiplyAdd => Fma.IsSupported || AdvSimd.Arm64.IsSupported;

    private static void Check(string text, int bits)
    {
        var kernels = Listing.All(text)
            .Select(listing => (Listing: listing, Name: Kernel().Match(listing.Method)))
            .Where(kernel => kernel.Name.Success && kernel.Name.Groups["bits"].Value == $"{bits}")
            .ToList();
        Assert.Equal(
            [
                "Product ByLane", "Product ByUnit", "RowProduct ByLane", "RowProduct ByUnit", "WeightGradient ByLane",
                "WeightGradient ByUnit",
            ],
            kernels.Select(kernel => $"{kernel.Name.Groups["kernel"].Value} {kernel.Name.Groups["arrangement"].Value}").Distinct().Order());
        Assert.Contains(kernels, kernel => Array.IndexOf(Rows, kernel.Name.Groups["rows"].Value) >= 2);
        Assert.All(kernels, kernel =>
        {
            var rows = Array.IndexOf(Rows, kernel.Name.Groups["rows"].Value) + 1;
            var loops = kernel.Listing.InnerLoops().Where(loop => loop.MultiplyAdds > 0);
            var expected = new InnerLoop(rows == 0 ? 8 : 4 * rows, OnStack: 0);
            Assert.True(loops.SequenceEqual([expected]), $"{kernel.Listing.Method}: {string.Join(", ", loops)}");
            Assert.DoesNotContain(
                kernel.Listing.Lines, line => line.Contains("call     [Sweeper.Lanes.Vectors.", StringComparison.Ordinal));
        });
    }

    private static async Task<string> CompiledAsync(string? without)
    {
        var file = Path.GetTempFileName();
        try
        {
            var program = Environment.ProcessPath!;
            string[] first = Path.GetFileNameWithoutExtension(program) == "dotnet" ? ["exec", typeof(MachineTests).Assembly.Location] : [];
            var start = new ProcessStartInfo(program, [.. first, "-class", typeof(MachineTests).FullName!, "-noColor"])
            {
                RedirectStandardOutput = true, RedirectStandardError = true,
            };
            start.Environment["DOTNET_JitStdOutFile"] = file;
            start.Environment["DOTNET_JitDisasm"] = "Block Row";
            if (without is not null)
            {
                start.Environment[without] = "0";
            }

            using var child = Process.Start(start)!;
            var output = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await child.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(child.ExitCode == 0, output);
            return await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [GeneratedRegex(
        @"\.(?<kernel>(?:Row)?Product|WeightGradient)`3\[\S*?\.(?<arrangement>By\w+)`2\[\S*?Lanes(?<bits>\d+)`1\["
        + @".*:(Block\[\S*?\.(?<rows>\w+Rows?)\b|Row[\[(])")]
    private static partial Regex Kernel();
}
