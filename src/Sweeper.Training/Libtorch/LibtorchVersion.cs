using System.Runtime.InteropServices;

namespace Sweeper.Training.Libtorch;

/// <summary>Asks a loaded libtorch for its own version, which no file name tells.</summary>
internal static class LibtorchVersion
{
    /// <summary>`major.minor.patch`, or `before 2.9` for libraries that cannot say (torch/csrc/inductor/aoti_torch/c/shim.h).</summary>
    public static unsafe string Of(string folder)
    {
        var library = NativeLibrary.Load(Path.Combine(folder, TorchFolders.Core));
        if (!NativeLibrary.TryGetExport(library, "aoti_torch_abi_version", out var function))
        {
            return "before 2.9";
        }

        var version = ((delegate* unmanaged<ulong>)function)();
        return $"{version >> 56}.{version >> 48 & 0xff}.{version >> 40 & 0xff}";
    }
}
