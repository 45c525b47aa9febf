using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Sweeper.Core.Errors;

namespace Sweeper.Training.Libtorch;

/// <summary>
/// Fixes which kernels the libraries under libtorch use on a processor. Left alone, MKL chooses by the address of its operands, and
/// ATen and oneDNN by the widest vectors there are: the same sums are then rounded in another order. They read these variables of the
/// C library's environment, which is not .NET's, when they first compute.
/// </summary>
internal static partial class CpuKernels
{
    /// <summary>MKL's code that AMD and Intel processors share, at half the speed; whoever wants it says so.</summary>
    public const string Portable = "COMPATIBLE";

    private const string Mkl = "MKL_CBWR";

    /// <summary>What each variable is to be; null: what it does is not wanted.</summary>
    private static readonly ImmutableArray<(string Variable, string? Value)> Wanted =
    [
        // On a processor that is not Intel's, MKL takes this for AUTO,STRICT.
        (Mkl, Avx2.IsSupported ? "AVX2,STRICT" : Portable),
        ("ATEN_CPU_CAPABILITY", Avx2.IsSupported ? "avx2" : "default"),
        ("ONEDNN_MAX_CPU_ISA", Avx2.IsSupported ? "AVX2" : "SSE41"),
        ("DNNL_MAX_CPU_ISA", Avx2.IsSupported ? "AVX2" : "SSE41"),
        ("MKL_ENABLE_INSTRUCTIONS", null),
        ("ONEDNN_CPU_ISA_HINTS", null),
        ("DNNL_CPU_ISA_HINTS", null),
        ("ONEDNN_DEFAULT_FPMATH_MODE", null),
        ("DNNL_DEFAULT_FPMATH_MODE", null),
        // cuBLAS: one workspace a stream, so that no race chooses; and no products of shortened numbers.
        ("CUBLAS_WORKSPACE_CONFIG", ":4096:8"),
        ("NVIDIA_TF32_OVERRIDE", "0"),
    ];

    /// <summary>
    /// Fixes them for this process; before libtorch is loaded. Throws <see cref="SweepException"/> (preflight) where the environment
    /// asks for others.
    /// </summary>
    public static void Fix()
    {
        if (OperatingSystem.IsLinux())
        {
            foreach (var (variable, value) in Settings(Environment.GetEnvironmentVariable))
            {
                _ = SetEnvironment(variable, value, overwrite: 1);
            }
        }
    }

    /// <summary>What is set, given an environment. Throws like <see cref="Fix"/>.</summary>
    internal static IEnumerable<(string Variable, string Value)> Settings(Func<string, string?> environment)
    {
        foreach (var (variable, value) in Wanted)
        {
            var asked = environment(variable) is { Length: > 0 } text ? text : null;
            if (asked is not null && asked != value && (variable, asked) != (Mkl, Portable))
            {
                throw new SweepException(
                    ExitCode.Preflight, $"the environment sets {variable} to {asked}, which changes the last bits of results",
                    $"Unset it{Instead(variable, value)}.");
            }

            if ((asked ?? value) is { } chosen)
            {
                yield return (variable, chosen);
            }
        }
    }

    /// <summary>What is in effect, for the numerics class: `avx2, MKL auto strict`.</summary>
    /// <param name="libtorch">The loaded library.</param>
    public static unsafe string Describe(nint libtorch)
    {
        var vectors = Avx2.IsSupported ? "avx2" : RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        return NativeLibrary.TryGetExport(libtorch, "mkl_serv_cbwr_get", out var function)
            ? $"{vectors}, MKL {Name(((delegate* unmanaged<int, int>)function)(-1))}"
            : $"{vectors}, no MKL";
    }

    /// <summary>A setting of conditional numerical reproducibility as a word (mkl_types.h, MKL_CBWR_*).</summary>
    internal static string Name(int setting)
    {
        const int Strict = 0x10000;
        var branch = (setting & ~Strict) switch
        {
            1 => "free",
            2 => "auto",
            3 => "compatible",
            10 => "avx2",
            var other => $"branch {other}",
        };
        return (setting & Strict) != 0 ? branch + " strict" : branch;
    }

    private static string Instead(string variable, string? value) => value is null ? "" : (variable, value) switch
    {
        (Mkl, not Portable) =>
            $": Sweeper takes {value}, or {Portable} where that is set (the same bits on AMD and Intel, at half the speed)",
        _ => $": Sweeper takes {value}",
    };

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
