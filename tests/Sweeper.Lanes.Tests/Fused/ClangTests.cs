using System.Numerics;
using System.Text.RegularExpressions;
using Sweeper.Lanes.Fused;
using Sweeper.Lanes.Networks;
using Sweeper.Support;
using Xunit;

namespace Sweeper.Lanes.Tests.Fused;

/// <summary>Clang reads the kernels as NVIDIA's compiler does, and makes code for GPUs of them.</summary>
public sealed partial class ClangTests
{
    private static readonly string? Clang = ((string[])["clang-19", "clang-20", "clang-18"]).FirstOrDefault(HostCompiler.Exists);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void Kernels_are_compiled_for_GPUs_with_no_other_rounding_than_they_ask_for(int update, bool isClasses)
    {
        Assert.SkipUnless(Clang is not null, "there is no clang here that makes code for GPUs (Debian: clang-19)");
        double[] one = [0.1];
        var training = new LaneTraining(
            new MlpShape([12, 12, 7], 0.1, HasBias: true, HasOutputActivation: false),
            isClasses ? new Objective.CrossEntropy() : new Objective.SquaredError(n => 1.0 / n),
            update switch
            {
                0 => new Update.Sgd(one, null, null),
                1 => new Update.Sgd(one, one, one),
                _ => new Update.Adam(one, one, IsDecoupled: true, 0.9, 0.999, 1e-8),
            });
        Check(Code<float>(training), "f32");
        Check(Code<double>(training), "f64");

        static void Check(string code, string type)
        {
            Assert.Contains(".visible .entry train(", code, StringComparison.Ordinal);
            Assert.Contains($"fma.rn.{type}", code, StringComparison.Ordinal);
            Assert.All(Arithmetic().Matches(code), operation => Assert.Equal("rn", operation.Value.Split('.')[1]));
            // Numbers that a thread keeps, and does not find a register for.
            Assert.DoesNotContain(".local", code, StringComparison.Ordinal);
        }
    }

    private static string Code<T>(LaneTraining training)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var folder = new TemporaryFolder();
        var (source, code) = (folder.In("kernel.cu"), folder.In("kernel.ptx"));
        var plan = FusedPlan.Of(training, 64, System.Runtime.CompilerServices.Unsafe.SizeOf<T>(), EmulatedDevice.UsualSharedBytes)!;
        File.WriteAllText(source, Emulation.Read("clang.h") + FusedSource.Of<T>(plan));
        var (exitCode, output) = HostCompiler.Run(
            Clang!, "-x", "cuda", "--cuda-device-only", "--cuda-gpu-arch=sm_90", "-nocudainc", "-nocudalib", "-std=c++17", "-O3",
            "-ffp-contract=off", "-S", source, "-o", code);
        Assert.True(exitCode == 0, output);
        return File.ReadAllText(code);
    }

    /// <summary>Operations on numbers whose result may be rounded.</summary>
    [GeneratedRegex(@"\b(add|sub|mul|fma|mad|div|sqrt)\.[a-z.]*f(32|64)\b")]
    private static partial Regex Arithmetic();
}
