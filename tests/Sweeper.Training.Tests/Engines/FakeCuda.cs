using System.Runtime.InteropServices;
using Sweeper.Training.Cuda;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Engines;

/// <summary>A library that stands for libcuda and libnvrtc: its GPU is the processor, and its memory the processor's.</summary>
internal static unsafe class FakeCuda
{
    private static readonly Lazy<string> Library = new(Build);

    /// <summary>The library.</summary>
    public static string Path => Library.Value;

    /// <summary>What it counts.</summary>
    public enum Count
    {
        Compilations,
        Launches,
        Contexts,
        PushedContexts,
        Modules,
    }

    /// <summary>How many there were, or are.</summary>
    public static int Of(Count count) =>
        ((delegate* unmanaged<int, int>)NativeLibrary.GetExport(NativeLibrary.Load(Path), "fakeCount"))((int)count);

    /// <summary>Its GPU, with a cache of its own.</summary>
    public static CudaDevice Device(string cache) => new(CudaDriver.Find(Path)!, Nvrtc.Load([Path]), new CubinCache(cache), CPU);

    /// <summary>Its file goes with the process.</summary>
    private static string Build()
    {
        var path = System.IO.Path.Combine(Directory.CreateTempSubdirectory("sweeper-cuda-").FullName, "libfake.so");
        HostCompiler.Compile(Emulation.FakeCuda, path);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(System.IO.Path.GetDirectoryName(path)!, recursive: true);
        return path;
    }
}
