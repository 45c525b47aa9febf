using System.Runtime.InteropServices;
using System.Text;
using Sweeper.Core.Errors;
using Sweeper.Training.Libtorch;

namespace Sweeper.Training.Cuda;

/// <summary>NVIDIA's compiler as a library (libnvrtc), which every PyTorch with CUDA has: source to code of one kind of GPU.</summary>
internal sealed unsafe class Nvrtc
{
    private readonly nint library;

    private Nvrtc(nint library) => this.library = library;

    /// <summary>
    /// Of the libraries that there are, the first that loads. Throws <see cref="SweepException"/> (preflight) where none does.
    /// </summary>
    /// <param name="candidates">Paths or names.</param>
    public static Nvrtc Load(IEnumerable<string> candidates) =>
        candidates.Select(path => NativeLibrary.TryLoad(path, out var library) ? new Nvrtc(library) : null)
            .FirstOrDefault(found => found is not null)
        ?? throw Missing();

    /// <summary>Whether one of them loads.</summary>
    public static bool IsAmong(IEnumerable<string> candidates) => candidates.Any(path => NativeLibrary.TryLoad(path, out _));

    /// <summary>
    /// Where it may lie, the likeliest first: beside libtorch, as PyTorch's wheels have it, in a CUDA toolkit, where the system looks.
    /// </summary>
    /// <param name="libtorch">Folder of libtorch.</param>
    public static IEnumerable<string> Candidates(string libtorch)
    {
        var packages = Path.GetFullPath(Path.Combine(libtorch, "../.."));
        string[] folders =
        [
            libtorch, .. Folders(Path.Combine(packages, "nvidia"), "*").Select(folder => Path.Combine(folder, "lib")),
            .. Folders("/usr/local", "cuda*").Select(folder => Path.Combine(folder, "lib64")),
        ];
        return folders.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "libnvrtc*.so*").OrderDescending(StringComparer.Ordinal))
            .Where(file => !Path.GetFileName(file).Contains("builtins", StringComparison.Ordinal))
            .Concat(["libnvrtc.so.13", "libnvrtc.so.12", "libnvrtc.so"]);

        static IEnumerable<string> Folders(string parent, string pattern) => Directory.Exists(parent)
            ? Directory.EnumerateDirectories(parent, pattern).OrderDescending(StringComparer.Ordinal) : [];
    }

    /// <summary>Its version, `13.0`: other versions may make other code.</summary>
    public string Version()
    {
        int major, minor;
        Check("nvrtcVersion", ((delegate* unmanaged<int*, int*, int>)Export("nvrtcVersion"))(&major, &minor));
        return $"{major}.{minor}";
    }

    /// <summary>Compiles. Throws <see cref="SweepException"/> (preflight) with the compiler's words where it cannot.</summary>
    /// <param name="source">CUDA C++.</param>
    /// <param name="options">Of the compiler, the architecture among them.</param>
    public byte[] Compile(string source, IReadOnlyList<string> options)
    {
        nint program;
        fixed (byte* text = Text(source), name = Text("sweeper.cu"))
        {
            var create = (delegate* unmanaged<nint*, byte*, byte*, int, nint, nint, int>)Export("nvrtcCreateProgram");
            Check("nvrtcCreateProgram", create(&program, text, name, 0, 0, 0));
        }

        nint[] words = [.. options.Select(Marshal.StringToCoTaskMemUTF8)];
        try
        {
            fixed (nint* first = words)
            {
                return ((delegate* unmanaged<nint, int, nint*, int>)Export("nvrtcCompileProgram"))(program, words.Length, first) == 0
                    ? Bytes(program, "nvrtcGetCUBINSize", "nvrtcGetCUBIN")
                    : throw new SweepException(
                        ExitCode.Preflight,
                        $"NVRTC {Version()} does not compile the fused kernel with {string.Join(' ', options)}: "
                        + Encoding.UTF8.GetString(Bytes(program, "nvrtcGetProgramLogSize", "nvrtcGetProgramLog")).Trim('\0', '\n', ' '),
                        "Use a PyTorch whose CUDA knows this GPU, or leave `--engine fused` out.");
            }
        }
        finally
        {
            Array.ForEach(words, Marshal.FreeCoTaskMem);
            ((delegate* unmanaged<nint*, int>)Export("nvrtcDestroyProgram"))(&program);
        }
    }

    private static SweepException Missing() => new(
        ExitCode.Preflight,
        "the fused engine needs NVIDIA's libnvrtc, and there is none beside libtorch, in a CUDA toolkit, or where the system looks",
        $"Set SWEEPER_LIBTORCH to the torch/lib folder of a PyTorch {TorchRuntime.Versions} with CUDA, or leave `--engine fused` out.");

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text + '\0');

    private byte[] Bytes(nint program, string sizeFunction, string function)
    {
        nuint size;
        Check(sizeFunction, ((delegate* unmanaged<nint, nuint*, int>)Export(sizeFunction))(program, &size));
        var bytes = new byte[size];
        fixed (byte* first = bytes)
        {
            Check(function, ((delegate* unmanaged<nint, byte*, int>)Export(function))(program, first));
        }

        return bytes;
    }

    private void Check(string function, int result)
    {
        if (result != 0)
        {
            throw new InvalidOperationException(
                $"{function}: {Marshal.PtrToStringUTF8(((delegate* unmanaged<int, nint>)Export("nvrtcGetErrorString"))(result))}");
        }
    }

    private nint Export(string function) => NativeLibrary.GetExport(library, function);
}
