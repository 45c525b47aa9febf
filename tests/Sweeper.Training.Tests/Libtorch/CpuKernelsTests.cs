using Sweeper.Core.Errors;
using Sweeper.Training.Libtorch;
using Xunit;

namespace Sweeper.Training.Tests.Libtorch;

public sealed class CpuKernelsTests
{
    [Fact]
    public void Kernels_are_fixed_whatever_the_processor_has()
    {
        var set = CpuKernels.Settings(_ => null).ToDictionary();
        Assert.Equal(["ATEN_CPU_CAPABILITY", "CUBLAS_WORKSPACE_CONFIG", "DNNL_MAX_CPU_ISA", "MKL_CBWR", "NVIDIA_TF32_OVERRIDE",
            "ONEDNN_MAX_CPU_ISA"], set.Keys.Order());
        Assert.DoesNotContain(set.Values, value => value.Contains("512", StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_environment_says_already_is_no_contradiction()
    {
        var set = CpuKernels.Settings(_ => null).ToDictionary();
        Assert.Equal(set, CpuKernels.Settings(set.GetValueOrDefault).ToDictionary());
    }

    [Fact]
    public void Code_that_all_processors_share_may_be_asked_for() =>
        Assert.Contains(("MKL_CBWR", "COMPATIBLE"), CpuKernels.Settings(variable => variable == "MKL_CBWR" ? "COMPATIBLE" : null));

    [Theory]
    [InlineData("MKL_CBWR", "AVX512")]
    [InlineData("MKL_CBWR", "OFF")]
    [InlineData("MKL_ENABLE_INSTRUCTIONS", "AVX512")]
    [InlineData("ATEN_CPU_CAPABILITY", "avx512")]
    [InlineData("ATEN_CPU_CAPABILITY", "COMPATIBLE")]
    [InlineData("ONEDNN_MAX_CPU_ISA", "AVX512_CORE")]
    [InlineData("DNNL_MAX_CPU_ISA", "ALL")]
    [InlineData("ONEDNN_DEFAULT_FPMATH_MODE", "BF16")]
    public void An_environment_that_asks_for_others_is_refused_and_told_how_to_go_on(string variable, string value)
    {
        var refused = Assert.Throws<SweepException>(() => CpuKernels.Settings(name => name == variable ? value : null).ToList());
        Assert.Equal(ExitCode.Preflight, refused.ExitCode);
        Assert.Contains($"{variable} to {value}", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Unset it", refused.Remedy, StringComparison.Ordinal);
    }

    // mkl_types.h: MKL_CBWR_AUTO 2, COMPATIBLE 3, AVX2 10, and MKL_CBWR_STRICT 0x10000 added to it.
    [Theory]
    [InlineData(0x10002, "auto strict")]
    [InlineData(0x1000A, "avx2 strict")]
    [InlineData(3, "compatible")]
    [InlineData(12, "branch 12")]
    public void Settings_of_MKL_have_names(int setting, string name) => Assert.Equal(name, CpuKernels.Name(setting));

    [Fact]
    public void The_numerics_class_names_what_is_in_effect()
    {
        const string Kernels = "avx2, MKL (auto|avx2) strict|(avx2|x64), MKL compatible";
        Assert.Matches(
            $"^lanes 1, torch [0-9.]+, TorchSharp [0-9.]+, cpu ({Kernels}), SVD lanes [0-9]+, losses lanes [0-9]+, encoders [0-9]+$",
            TorchRuntime.Numerics("cpu"));
    }
}
