using System.Runtime.InteropServices;
using Sweeper.Lanes.Fused;
using Sweeper.Support;

namespace Sweeper.Lanes.Tests.Fused;

/// <summary>The processor as a device: kernels are compiled by <see cref="HostCompiler"/>, and every block is run by itself.</summary>
/// <param name="sharedBytes">Shared memory of a block.</param>
/// <param name="seed">Of the order in which threads run.</param>
internal sealed class EmulatedDevice(int sharedBytes, uint seed) : IKernelDevice
{
    /// <summary>Of an H100 or H200.</summary>
    public const int UsualSharedBytes = 227 << 10;

    /// <inheritdoc/>
    public int SharedBytes => sharedBytes;

    /// <inheritdoc/>
    public IKernel Compile(string source, int sharedBytes) => new EmulatedKernel(source, sharedBytes, seed);

    /// <inheritdoc/>
    public unsafe nint Allocate(long bytes) => (nint)NativeMemory.AlignedAlloc((nuint)bytes, 64);

    /// <inheritdoc/>
    public unsafe void Free(nint memory) => NativeMemory.AlignedFree((void*)memory);

    /// <inheritdoc/>
    public unsafe void Copy(ReadOnlySpan<byte> from, nint to) => from.CopyTo(new Span<byte>((void*)to, from.Length));

    /// <inheritdoc/>
    public void Wait()
    {
    }

    private sealed unsafe class EmulatedKernel : IKernel
    {
        private readonly string folder = Directory.CreateTempSubdirectory("sweeper-kernel-").FullName;
        private readonly nint library;
        private readonly delegate* unmanaged<uint, uint, uint, uint, void*, byte*> run;
        private readonly int sharedBytes;
        private readonly uint seed;

        public EmulatedKernel(string source, int sharedBytes, uint seed)
        {
            (this.sharedBytes, this.seed) = (sharedBytes, seed);
            var path = Path.Combine(folder, "kernel.so");
            HostCompiler.Compile(Emulation.Of(source), path);
            library = NativeLibrary.Load(path);
            run = (delegate* unmanaged<uint, uint, uint, uint, void*, byte*>)NativeLibrary.GetExport(library, Emulation.Entry);
        }

        public void Launch(int blocks, int threads, void* argument)
        {
            var fault = run((uint)blocks, (uint)threads, (uint)sharedBytes, seed, argument);
            if (fault != null)
            {
                throw new InvalidOperationException(Marshal.PtrToStringUTF8((nint)fault));
            }
        }

        public void Dispose()
        {
            NativeLibrary.Free(library);
            Directory.Delete(folder, recursive: true);
        }
    }
}
