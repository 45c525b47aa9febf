using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Lanes.Algebra;
using Sweeper.Lanes.Networks;
using Sweeper.Training.Cuda;
using Sweeper.Training.Models;
using TorchSharp;

namespace Sweeper.Training.Libtorch;

/// <summary>
/// Brings libtorch into the process. Everything that touches a tensor calls <see cref="Ensure"/> first: TorchSharp, left
/// to itself, looks for natives beside the assembly only, and blames a missing package for every other trouble.
/// </summary>
public static class TorchRuntime
{
    /// <summary>What TorchSharp was built for; then what has all the symbols that it needs, and passed the tests (docs/gpu.md).</summary>
    private static readonly string[] BoundVersions = ["2.10", "2.11"];
    private const string Cpu = "cpu";

    /// <summary>Versions of PyTorch whose libraries can be used: `2.10 or 2.11`.</summary>
    internal static string Versions { get; } = string.Join(" or ", BoundVersions);

    private static readonly Lock Gate = new();
    private static TorchDescription? loaded;

    [ThreadStatic]
    private static bool isLimited;

    /// <summary>
    /// Loads the libraries once a process, and limits the threads of operations called from this thread (the limit is
    /// OpenMP's, which keeps one for every calling thread); later calls return at once. Throws
    /// <see cref="SweepException"/> (preflight) where they cannot be found or loaded.
    /// </summary>
    public static void Ensure()
    {
        var description = Describe();
        if (!isLimited)
        {
            torch.set_num_threads(description.Threads);
            isLimited = true;
        }
    }

    /// <summary>What was loaded and from where; loads it when that did not happen yet. Throws like <see cref="Ensure"/>.</summary>
    public static TorchDescription Describe()
    {
        lock (Gate)
        {
            return loaded ??= Load();
        }
    }

    /// <summary>
    /// What numbers computed here depend on: engines, their versions, the device (`cpu`, `cuda`), and what computes on a processor.
    /// </summary>
    public static string Numerics(string device)
    {
        var description = Describe();
        // A sum is cut by the threads that share it.
        var threads = description.Threads == 1 ? "" : $", {description.Threads} threads";
        var kind = device == Cpu
            ? $"cpu {description.Kernels}{threads}, SVD lanes {SmallSvd.Version}, losses lanes {LaneLosses<float>.Version}, encoders "
                + $"{EncoderGradient.Version}"
            : $"cuda {description.GpuOf(device).Name}";
        var torch = $"torch {description.LibtorchVersion}, TorchSharp {description.TorchSharpVersion}, {kind}";
        return device == Cpu ? NumericsClass.WithLanes(torch)
            : Nvrtc.IsAmong(Nvrtc.Candidates(description.Folder)) ? NumericsClass.WithFused(torch) : torch;
    }

    private static TorchDescription Load()
    {
        NativeAllocator.KeepFreedMemory();
        CpuKernels.Fix();
        var folders = TorchFolders.Find();
        foreach (var library in folders.Libraries())
        {
            LoadOrExplain(library);
        }

        var version = LibtorchVersion.Of(folders.Libtorch);
        if (!BoundVersions.Any(bound => version.StartsWith(bound + ".", StringComparison.Ordinal)))
        {
            // Going on would end in a missing symbol, which ends the process without a word.
            throw Failure($"the libtorch in {folders.Libtorch} is {version}, but TorchSharp was built for {BoundVersions[0]}");
        }

        var (binding, isPatched) = TorchSharpLibrary.Load(folders.TorchSharp);
        var areScalarsHeld = ScalarGuard.TryInstall(binding);
        var threads = Threads();
        try
        {
            torch.set_num_threads(threads);
        }
        catch (Exception cause)
            when (cause is DllNotFoundException or EntryPointNotFoundException or NotSupportedException or TypeInitializationException)
        {
            throw Failure($"TorchSharp does not work with the libtorch in {folders.Libtorch}: {cause.GetBaseException().Message}", cause);
        }

        var gpus = torch.cuda.is_available() ? CudaDriver.Find()?.Gpus() ?? [] : [];
        if (!gpus.IsEmpty)
        {
            // Ten bits of a mantissa are not what a sweep asks for that says float32.
            torch.backends.cuda.matmul.allow_tf32 = false;
            torch.backends.cudnn.allow_tf32 = false;
        }

        return new TorchDescription(
            folders.Libtorch, folders.Source, version, typeof(torch).Assembly.GetName().Version!.ToString(3),
            gpus, threads, isPatched, areScalarsHeld,
            CpuKernels.Describe(NativeLibrary.Load(Path.Combine(folders.Libtorch, TorchFolders.Core))));
    }

    private static void LoadOrExplain(string library)
    {
        try
        {
            NativeLibrary.Load(library);
        }
        catch (Exception cause) when (cause is DllNotFoundException or BadImageFormatException)
        {
            throw Failure($"libtorch cannot be loaded: {cause.Message.ReplaceLineEndings(" ")}", cause);
        }
    }

    internal static SweepException Failure(string problem, Exception? cause = null) => new(
        ExitCode.Preflight, problem,
        $"restore the packages again (`dotnet restore`), or set SWEEPER_LIBTORCH to the torch/lib folder of a PyTorch {Versions} install",
        inner: cause);

    /// <summary>
    /// Threads of one operation on the CPU; loads nothing. One: operations of small networks are too short to be shared; a worker for
    /// every core uses the machine instead. Throws <see cref="SweepException"/> (preflight) for SWEEPER_THREADS that is no number.
    /// </summary>
    public static int Threads()
    {
        var asked = Environment.GetEnvironmentVariable("SWEEPER_THREADS");
        return string.IsNullOrEmpty(asked) ? 1
            : int.TryParse(asked, out var threads) && threads > 0 ? threads
            : throw new SweepException(
                ExitCode.Preflight, $"SWEEPER_THREADS is '{asked}', not a number of threads",
                "set it to a whole number of at least 1, or unset it");
    }
}

/// <summary>The loaded libraries, for `doctor`.</summary>
/// <param name="Folder">Where libtorch was loaded from.</param>
/// <param name="Source">Why there: `SWEEPER_LIBTORCH`, `beside the executable`, `package folder`.</param>
/// <param name="LibtorchVersion">`major.minor.patch`, as the library itself says.</param>
/// <param name="TorchSharpVersion">Version of the managed binding.</param>
/// <param name="Gpus">In the order of their numbers; none where libtorch cannot use them.</param>
/// <param name="Threads">Threads of one operation on the CPU.</param>
/// <param name="IsPatched">Whether the system's libstdc++ was too old and a mended copy of the binding is in use.</param>
/// <param name="AreScalarsHeld">Whether scalars outlive the operations that read them (<see cref="FreedScalars"/>).</param>
/// <param name="Kernels">What computes on the CPU: vectors, and the code of MKL.</param>
public sealed record TorchDescription(
    string Folder, string Source, string LibtorchVersion, string TorchSharpVersion, ImmutableArray<Gpu> Gpus, int Threads,
    bool IsPatched, bool AreScalarsHeld, string Kernels)
{
    /// <summary>`cpu`, `cuda:0`, ...</summary>
    public ImmutableArray<string> Devices { get; } = ["cpu", .. Enumerable.Range(0, Gpus.Length).Select(place => $"cuda:{place}")];

    /// <summary>
    /// The GPU of a device. Throws <see cref="ArgumentOutOfRangeException"/> for one that is not in <see cref="Devices"/>.
    /// </summary>
    /// <param name="device">`cuda:0`, ...</param>
    public Gpu GpuOf(string device) => Gpus[Devices.IndexOf(device) - 1];
}
