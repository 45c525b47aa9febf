using System.Numerics;
using System.Runtime.InteropServices;
using Sweeper.Training.Quantities;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Running;

/// <summary>
/// What is read of tensors at every measurement. The numbers of the processor's own tensors are read where they are: an operation of
/// libtorch on so few costs more than they do.
/// </summary>
internal static unsafe class HostNumbers
{
    /// <summary>All numbers in double; what is not finite is undefined.</summary>
    public static double[] Of(Tensor values)
    {
        var doubles = new double[values.numel()];
        if (values is { device_type: DeviceType.CPU, dtype: ScalarType.Float32 } && values.is_contiguous())
        {
            var numbers = new ReadOnlySpan<float>(TensorMemory.First<float>(values), doubles.Length);
            for (var place = 0; place < doubles.Length; place++)
            {
                doubles[place] = numbers[place];
            }
        }
        else
        {
            var host = values.to(ScalarType.Float64).cpu().contiguous();
            new ReadOnlySpan<double>(TensorMemory.First<double>(host), doubles.Length).CopyTo(doubles);
        }

        foreach (ref var number in doubles.AsSpan())
        {
            number = double.IsFinite(number) ? number : double.NaN;
        }

        return doubles;
    }

    /// <summary>Which rows of [K, P] are finite throughout, [K].</summary>
    public static bool[] AreFinite(Tensor rows)
    {
        if (rows.device_type == DeviceType.CPU && rows.is_contiguous())
        {
            switch (rows.dtype)
            {
                case ScalarType.Float32:
                    return AreFinite<float>(rows);
                case ScalarType.Float64:
                    return AreFinite<double>(rows);
            }
        }

        return rows.isfinite().all(1).cpu().data<bool>().ToArray();
    }

    private static bool[] AreFinite<T>(Tensor rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var first = TensorMemory.First<T>(rows);
        var size = (int)rows.size(1);
        var finite = new bool[rows.size(0)];
        for (var row = 0; row < finite.Length; row++)
        {
            finite[row] = AreFinite(new ReadOnlySpan<T>(first + (long)row * size, size));
        }

        return finite;
    }

    /// <summary>x - x is 0 where x is finite, else NaN, which stays in a sum.</summary>
    private static bool AreFinite<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var registers = MemoryMarshal.Cast<T, Vector<T>>(numbers);
        var sums = Vector<T>.Zero;
        foreach (var register in registers)
        {
            sums += register - register;
        }

        var sum = Vector.Sum(sums);
        foreach (var number in numbers[(registers.Length * Vector<T>.Count)..])
        {
            sum += number - number;
        }

        return T.IsZero(sum);
    }
}
