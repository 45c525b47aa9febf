using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>Where the numbers of tensors on the processor are. Whoever takes an address keeps the tensor.</summary>
internal static class TensorMemory
{
    /// <summary>The first number.</summary>
    public static unsafe T* First<T>(Tensor values)
        where T : unmanaged
    {
        // TorchSharp shows the bytes of tensors up to 2 GB only: those of one number will do.
        using var first = values.as_strided([1], [1], values.storage_offset());
        return (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(first.bytes));
    }
}
