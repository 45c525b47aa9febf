using System.Runtime.InteropServices;

namespace Sweeper.Lanes.Vectors;

/// <summary>Numbers outside of the garbage-collected heap, zero at first, at an address that suits the widest registers.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed unsafe class LaneArray<T> : IDisposable
    where T : unmanaged
{
    private const int Alignment = 64;

    /// <param name="length">How many.</param>
    public LaneArray(long length)
    {
        Length = length;
        Pointer = (T*)NativeMemory.AlignedAlloc((nuint)Math.Max(1, length) * (nuint)sizeof(T), Alignment);
        Clear();
    }

    /// <summary>Frees them where nobody did.</summary>
    ~LaneArray() => Free();

    /// <summary>How many.</summary>
    public long Length { get; }

    /// <summary>The first; null once freed.</summary>
    public T* Pointer { get; private set; }

    /// <summary>Zero again.</summary>
    public void Clear() => NativeMemory.Clear(Pointer, (nuint)Length * (nuint)sizeof(T));

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(Pointer);
        Pointer = null;
    }
}
