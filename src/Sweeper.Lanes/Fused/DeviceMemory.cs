using System.Runtime.InteropServices;

namespace Sweeper.Lanes.Fused;

/// <summary>Memory of a device that is written by the host, and grows with what is written.</summary>
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
        if (bytes.Length > size)
        {
            Dispose();
            (Pointer, size) = (device.Allocate(bytes.Length), bytes.Length);
        }

        device.Copy(bytes, Pointer);
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
