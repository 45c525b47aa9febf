using System.Runtime.CompilerServices;
using Sweeper.Training.Libtorch;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests;

/// <summary>Loads libtorch before any test touches it, and turns JSON numbers into tensors.</summary>
internal static class TorchTests
{
    [ModuleInitializer]
    internal static void Load() => TorchRuntime.Ensure();

    /// <summary>A float64 tensor [1, rows, columns] from rows.</summary>
    public static Tensor Matrix(double[][] rows) => tensor(rows.SelectMany(row => row).ToArray(), [1, rows.Length, rows[0].Length]);

    /// <summary>The number of a tensor that holds one.</summary>
    public static double Number(this Tensor value) => value.Numbers().Single();

    /// <summary>All numbers, row-major.</summary>
    public static double[] Numbers(this Tensor values) => values.to(ScalarType.Float64).contiguous().data<double>().ToArray();
}
