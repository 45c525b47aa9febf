using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace Sweeper.Training.Cuda;

/// <summary>The functions of NVIDIA's driver (libcuda) that are used: GPUs, modules and launches.</summary>
internal sealed unsafe class CudaDriver
{
    private const string Library = "libcuda.so.1";
    private const int NameBytes = 256, OutOfMemory = 2;

    private readonly nint library;

    private CudaDriver(nint library)
    {
        this.library = library;
        Check("cuInit", ((delegate* unmanaged<uint, int>)Export("cuInit"))(0));
    }

    /// <summary>The driver; null where there is none, or it refuses.</summary>
    /// <param name="path">Another library than the system's, for tests.</param>
    public static CudaDriver? Find(string path = Library)
    {
        try
        {
            return NativeLibrary.TryLoad(path, out var library) ? new CudaDriver(library) : null;
        }
        catch (Exception refused) when (refused is InvalidOperationException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    /// <summary>
    /// All GPUs by name and memory, which TorchSharp does not tell, in the order of `cuda:0`, `cuda:1`, ... (both respect
    /// CUDA_VISIBLE_DEVICES).
    /// </summary>
    public ImmutableArray<Gpu> Gpus()
    {
        int count;
        Check("cuDeviceGetCount", ((delegate* unmanaged<int*, int>)Export("cuDeviceGetCount"))(&count));
        return [.. Enumerable.Range(0, count).Select(Describe)];
    }

    /// <summary>A GPU by its place.</summary>
    public int Device(int place)
    {
        int device;
        Check("cuDeviceGet", ((delegate* unmanaged<int*, int, int>)Export("cuDeviceGet"))(&device, place));
        return device;
    }

    /// <summary>A number that a GPU tells of itself.</summary>
    public int Attribute(CudaAttribute attribute, int device)
    {
        int value;
        var get = (delegate* unmanaged<int*, int, int, int>)Export("cuDeviceGetAttribute");
        Check("cuDeviceGetAttribute", get(&value, (int)attribute, device));
        return value;
    }

    /// <summary>The context that libtorch works in, too. Given back by <see cref="Release"/>.</summary>
    public nint RetainContext(int device)
    {
        nint context;
        Check("cuDevicePrimaryCtxRetain", ((delegate* unmanaged<nint*, int, int>)Export("cuDevicePrimaryCtxRetain"))(&context, device));
        return context;
    }

    /// <summary>Gives a context back.</summary>
    public void Release(int device) =>
        Check("cuDevicePrimaryCtxRelease", ((delegate* unmanaged<int, int>)Export("cuDevicePrimaryCtxRelease_v2"))(device));

    /// <summary>Makes a context this thread's, until <see cref="Pop"/>.</summary>
    public void Push(nint context) => Check("cuCtxPushCurrent", ((delegate* unmanaged<nint, int>)Export("cuCtxPushCurrent_v2"))(context));

    /// <summary>Gives this thread the context that it had.</summary>
    public void Pop()
    {
        nint before;
        Check("cuCtxPopCurrent", ((delegate* unmanaged<nint*, int>)Export("cuCtxPopCurrent_v2"))(&before));
    }

    /// <summary>Loads compiled code. Throws <see cref="CudaException"/> for what is none.</summary>
    public nint Load(ReadOnlySpan<byte> code)
    {
        nint module;
        fixed (byte* image = code)
        {
            Check("cuModuleLoadData", ((delegate* unmanaged<nint*, byte*, int>)Export("cuModuleLoadData"))(&module, image));
        }

        return module;
    }

    /// <summary>Unloads it.</summary>
    public void Unload(nint module) => Check("cuModuleUnload", ((delegate* unmanaged<nint, int>)Export("cuModuleUnload"))(module));

    /// <summary>A kernel of a module.</summary>
    public nint Function(nint module, string name)
    {
        nint function;
        var get = (delegate* unmanaged<nint*, nint, byte*, int>)Export("cuModuleGetFunction");
        fixed (byte* text = Encoding.UTF8.GetBytes(name + '\0'))
        {
            Check("cuModuleGetFunction", get(&function, module, text));
        }

        return function;
    }

    /// <summary>Lets the blocks of a kernel have so much shared memory.</summary>
    public void AllowShared(nint function, int bytes)
    {
        const int MaxDynamicSharedSizeBytes = 8;
        var set = (delegate* unmanaged<nint, int, int, int>)Export("cuFuncSetAttribute");
        Check("cuFuncSetAttribute", set(function, MaxDynamicSharedSizeBytes, bytes));
    }

    /// <summary>Brings bytes to a GPU, after all work of its default stream.</summary>
    public void Copy(nint to, ReadOnlySpan<byte> from)
    {
        fixed (byte* bytes = from)
        {
            Check("cuMemcpyHtoD", ((delegate* unmanaged<nint, byte*, nuint, int>)Export("cuMemcpyHtoD_v2"))(to, bytes, (nuint)from.Length));
        }
    }

    /// <summary>Starts a kernel in the default stream, in which libtorch works.</summary>
    public void Launch(nint function, int blocks, int threads, int sharedBytes, void* argument)
    {
        var launch =
            (delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int>)Export("cuLaunchKernel");
        Check("cuLaunchKernel", launch(function, (uint)blocks, 1, 1, (uint)threads, 1, 1, (uint)sharedBytes, 0, &argument, null));
    }

    /// <summary>Waits for the default stream.</summary>
    public void Wait() => Check("cuStreamSynchronize", ((delegate* unmanaged<nint, int>)Export("cuStreamSynchronize"))(0));

    private Gpu Describe(int place)
    {
        var device = Device(place);
        var name = stackalloc byte[NameBytes];
        nuint bytes;
        Check("cuDeviceGetName", ((delegate* unmanaged<byte*, int, int, int>)Export("cuDeviceGetName"))(name, NameBytes, device));
        Check("cuDeviceTotalMem", ((delegate* unmanaged<nuint*, int, int>)Export("cuDeviceTotalMem_v2"))(&bytes, device));
        return new Gpu(Marshal.PtrToStringUTF8((nint)name)!, (long)bytes);
    }

    private void Check(string function, int result)
    {
        if (result == OutOfMemory)
        {
            throw new InsufficientMemoryException($"{function}: CUDA out of memory");
        }

        if (result != 0)
        {
            throw new CudaException($"{function}: {NameOf(result)}");
        }
    }

    private string NameOf(int result)
    {
        byte* name;
        return ((delegate* unmanaged<int, byte**, int>)Export("cuGetErrorName"))(result, &name) == 0
            ? Marshal.PtrToStringUTF8((nint)name)! : $"error {result}";
    }

    private nint Export(string function) => NativeLibrary.GetExport(library, function);
}

/// <summary>A GPU.</summary>
/// <param name="Name">As its maker calls it: `NVIDIA H100 80GB HBM3`.</param>
/// <param name="MemoryBytes">All of its memory.</param>
public sealed record Gpu(string Name, long MemoryBytes);
