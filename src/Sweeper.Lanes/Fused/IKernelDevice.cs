namespace Sweeper.Lanes.Fused;

/// <summary>A GPU, or what stands for one in tests: memory and kernels, one thing after the other.</summary>
internal interface IKernelDevice
{
    /// <summary>Bytes of shared memory that a block may have.</summary>
    int SharedBytes { get; }

    /// <summary>Compiles a source, or takes what was compiled of it before.</summary>
    /// <param name="source">As <see cref="FusedSource"/> writes it.</param>
    /// <param name="sharedBytes">Shared memory of a block.</param>
    IKernel Compile(string source, int sharedBytes);

    /// <summary>Memory of the device, at least 16 bytes of it.</summary>
    nint Allocate(long bytes);

    /// <summary>Gives memory back when all work before is done.</summary>
    void Free(nint memory);

    /// <summary>Brings bytes to the device when all work before is done; they may be changed at once.</summary>
    void Copy(ReadOnlySpan<byte> from, nint to);

    /// <summary>Returns when all work is done. Throws where some of it failed.</summary>
    void Wait();
}

/// <summary>A compiled kernel of one <see cref="IKernelDevice"/>.</summary>
internal unsafe interface IKernel : IDisposable
{
    /// <summary>Starts blocks of threads.</summary>
    /// <param name="blocks">How many.</param>
    /// <param name="threads">Of a block.</param>
    /// <param name="argument">The one argument, which is copied.</param>
    void Launch(int blocks, int threads, void* argument);
}
