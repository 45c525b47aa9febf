using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace Sweeper.Training.Running;

/// <summary>
/// The GPUs of this machine by name and memory, which TorchSharp does not tell. In the order of `cuda:0`, `cuda:1`, ... (both respect
/// CUDA_VISIBLE_DEVICES).
/// </summary>
internal static partial class CudaDriver
{
    private const string Library = "libcuda.so.1";
    private const int NameBytes = 256;

    /// <summary>All of them; none where there is no driver, or it refuses.</summary>
    public static ImmutableArray<Gpu> Gpus()
    {
        if (!NativeLibrary.TryLoad(Library, out _) || Init(0) != 0 || GetCount(out var count) != 0)
        {
            return [];
        }

        return [.. Enumerable.Range(0, count).Select(Describe)];
    }

    private static Gpu Describe(int place)
    {
        var name = new byte[NameBytes];
        return Get(out var device, place) == 0 && GetName(name, NameBytes, device) == 0 && TotalMemory(out var bytes, device) == 0
            ? new Gpu(Encoding.UTF8.GetString(name.AsSpan(0, Math.Max(0, Array.IndexOf(name, (byte)0)))), (long)bytes)
            : new Gpu("unknown GPU", 0);
    }

    [LibraryImport(Library, EntryPoint = "cuInit")]
    private static partial int Init(uint flags);

    [LibraryImport(Library, EntryPoint = "cuDeviceGetCount")]
    private static partial int GetCount(out int count);

    [LibraryImport(Library, EntryPoint = "cuDeviceGet")]
    private static partial int Get(out int device, int place);

    [LibraryImport(Library, EntryPoint = "cuDeviceGetName")]
    private static partial int GetName([Out] byte[] name, int length, int device);

    [LibraryImport(Library, EntryPoint = "cuDeviceTotalMem_v2")]
    private static partial int TotalMemory(out nuint bytes, int device);
}

/// <summary>A GPU.</summary>
/// <param name="Name">As its maker calls it: `NVIDIA H100 80GB HBM3`.</param>
/// <param name="MemoryBytes">All of its memory.</param>
public sealed record Gpu(string Name, long MemoryBytes);
