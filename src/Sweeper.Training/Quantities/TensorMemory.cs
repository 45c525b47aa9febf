using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>
/// Where the numbers of tensors are, in the memory of their device: TorchSharp tells it on the processor only, and up to 2 GB. Whoever
/// takes an address keeps the tensor.
/// </summary>
internal static unsafe partial class TensorMemory
{
    /// <summary>The first number.</summary>
    public static T* First<T>(Tensor values)
        where T : unmanaged => (T*)Data(values.Handle);

    [LibraryImport("LibTorchSharp", EntryPoint = "THSTensor_data")]
    private static partial nint Data(nint tensor);
}
