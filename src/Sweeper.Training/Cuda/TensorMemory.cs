using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Sweeper.Training.Cuda;

/// <summary>Where the numbers of a tensor lie, on any device: TorchSharp tells it on the CPU only.</summary>
internal static partial class TensorMemory
{
    /// <summary>The device's address. Throws where the numbers do not lie one behind the other.</summary>
    public static nint Of(Tensor values) => values.is_contiguous()
        ? Data(values.Handle)
        : throw new ArgumentException("its numbers do not lie one behind the other", nameof(values));

    [LibraryImport("LibTorchSharp", EntryPoint = "THSTensor_data")]
    private static partial nint Data(nint tensor);
}
