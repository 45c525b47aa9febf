using System.Runtime.InteropServices;

namespace Sweeper.Lanes.Fused;

/// <summary>Memory of a device, which grows with what is asked for.</summary>
internal sealed class DeviceMemory(IKernelDevice device) : IDisposable
{
    private long size;

    /// <summary>Where it is; 0 before something was written.</summary>
    public nint Pointer { get; private set; }

    /// <summary>Writes numbers from its beginning on, and returns where that is.</summary>
    public nint Write<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(numbers);
        device.Copy(bytes, Reserve(bytes.Length));
        return Pointer;
    }

    /// <summary>So many bytes of any content.</summary>
    public nint Reserve(long bytes)
    {
        if (bytes > size)
        {
            Dispose();
            (Pointer, size) = (device.Allocate(bytes), bytes);
        }

        return Pointer;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Pointer != 0)
        {
            device.Free(Pointer);
            (Pointer, size) = (0, 0);
        }
    }
}
