using Sweeper.Lanes.Algebra;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>Scalar products of the columns of many matrices: in one pass, and not with a matrix of products in between.</summary>
internal static unsafe class ScalarProducts
{
    /// <summary>sum over i of a[..., i, j] b[..., i, j], for a and b of shape [K or 1, n or 1, i, j or 1]: [K, n, j].</summary>
    public static Tensor Of(Tensor a, Tensor b)
    {
        if (a.device.type != DeviceType.CPU || a.dtype != ScalarType.Float64 || b.dtype != ScalarType.Float64)
        {
            return a.mul(b).sum(2);
        }

        long[] shape = [.. a.shape.Zip(b.shape, Math.Max)];
        var (left, right) = (a.expand(shape), b.expand(shape));
        // Matrices of one batch fill registers together.
        var isOneEach = shape[1] == 1;
        var (batches, count) = isOneEach ? (1, (int)shape[0]) : ((int)shape[0], (int)shape[1]);
        var products = empty([batches, shape[3], count], dtype: ScalarType.Float64);
        Contraction.Of(
            Memory(left), Memory(right), (int)shape[2], (int)shape[3],
            new Matrices(TensorMemory.First<double>(products), MatrixPlaces.SideBySide(batches, count, 1, (int)shape[3])),
            get_num_threads());
        return isOneEach ? products.permute(2, 0, 1) : products.permute(0, 2, 1);

        Matrices Memory(Tensor values)
        {
            var strides = values.stride();
            var (batch, matrix) = isOneEach ? (0, strides[0]) : (strides[0], strides[1]);
            return new Matrices(
                TensorMemory.First<double>(values),
                new MatrixPlaces(batches, count, (nint)batch, (nint)matrix, (nint)strides[2], (nint)strides[3]));
        }
    }
}
