using Sweeper.Core.Errors;
using Sweeper.Lanes.Fused;
using Sweeper.Training.Libtorch;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Cuda;

/// <summary>
/// A GPU as kernels of our own see it: in the context of libtorch, in whose default stream all is done, and with its memory. It leaves the
/// context of the thread as it was.
/// </summary>
internal sealed class CudaDevice : IKernelDevice, IDisposable
{
    private readonly CudaDriver driver;
    private readonly Nvrtc compiler;
    private readonly CubinCache cache;
    private readonly Device memory;
    private readonly int device;
    private readonly nint context;
    private readonly Dictionary<nint, Tensor> tensors = [];

    /// <param name="driver">The driver.</param>
    /// <param name="compiler">The compiler.</param>
    /// <param name="cache">What was compiled before.</param>
    /// <param name="memory">The device of libtorch that memory is taken from: `cuda:0`, ...</param>
    public CudaDevice(CudaDriver driver, Nvrtc compiler, CubinCache cache, Device memory)
    {
        (this.driver, this.compiler, this.cache, this.memory) = (driver, compiler, cache, memory);
        device = driver.Device(Math.Max(0, memory.index));
        SharedBytes = driver.Attribute(CudaAttribute.MostSharedBytes, device);
        context = driver.RetainContext(device);
    }

    /// <inheritdoc/>
    public int SharedBytes { get; }

    /// <summary>
    /// A GPU of this machine. Throws <see cref="SweepException"/> (preflight) where it, its driver or the compiler is not there.
    /// </summary>
    /// <param name="where">`cuda:0`, ...</param>
    public static CudaDevice Open(Device where)
    {
        var driver = where.type == TorchSharp.DeviceType.CUDA ? CudaDriver.Find() : null;
        return driver is null
            ? throw new SweepException(
                ExitCode.Preflight, $"the fused engine trains on NVIDIA GPUs, and {where} is none", "Leave `--engine fused` out.")
            : new CudaDevice(driver, Nvrtc.Load(Nvrtc.Candidates(TorchRuntime.Describe().Folder)), CubinCache.Usual(), where);
    }

    private string Architecture =>
        $"sm_{driver.Attribute(CudaAttribute.MajorCapability, device)}{driver.Attribute(CudaAttribute.MinorCapability, device)}";

    /// <inheritdoc/>
    public IKernel Compile(string source, int sharedBytes)
    {
        string[] options = [.. FusedSource.Options, $"--gpu-architecture={Architecture}"];
        var code = cache.Get(source, [$"NVRTC {compiler.Version()}", .. options], () => compiler.Compile(source, options));
        return Inside(() =>
        {
            var module = driver.Load(code);
            var function = driver.Function(module, FusedSource.Kernel);
            driver.AllowShared(function, sharedBytes);
            return new CudaKernel(this, module, function, sharedBytes);
        });
    }

    /// <inheritdoc/>
    public unsafe nint Allocate(long bytes)
    {
        var tensor = empty(bytes, dtype: ScalarType.Byte, device: memory).DetachFromDisposeScope();
        var pointer = (nint)TensorMemory.First<byte>(tensor);
        tensors.Add(pointer, tensor);
        return pointer;
    }

    /// <inheritdoc/>
    public void Free(nint memory)
    {
        tensors.Remove(memory, out var tensor);
        tensor?.Dispose();
    }

    /// <inheritdoc/>
    public unsafe void Copy(ReadOnlySpan<byte> from, nint to)
    {
        driver.Push(context);
        try
        {
            driver.Copy(to, from);
        }
        finally
        {
            driver.Pop();
        }
    }

    /// <inheritdoc/>
    public void Wait() => Inside(() =>
    {
        driver.Wait();
        return true;
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in tensors.Values)
        {
            tensor.Dispose();
        }

        driver.Release(device);
    }

    private TResult Inside<TResult>(Func<TResult> work)
    {
        driver.Push(context);
        try
        {
            return work();
        }
        finally
        {
            driver.Pop();
        }
    }

    private sealed class CudaKernel(CudaDevice on, nint module, nint function, int sharedBytes) : IKernel
    {
        public unsafe void Launch(int blocks, int threads, void* argument)
        {
            on.driver.Push(on.context);
            try
            {
                on.driver.Launch(function, blocks, threads, sharedBytes, argument);
            }
            finally
            {
                on.driver.Pop();
            }
        }

        public void Dispose() => on.Inside(() =>
        {
            on.driver.Unload(module);
            return true;
        });
    }
}
