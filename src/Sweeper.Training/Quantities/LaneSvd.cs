using Sweeper.Lanes.Algebra;
using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>
/// Tensors of small matrices on the processor, decomposed where they lie. What comes out has the matrices side by side in memory,
/// [batch][row][column][matrix]: operations on it run along them.
/// </summary>
internal static unsafe class LaneSvd
{
    /// <summary>Values and vectors of matrices [..., m, n].</summary>
    public static Modes Full(Tensor matrices)
    {
        var (source, at, sides) = Arranged(matrices);
        var (left, right) = (SideBySide(at, sides.Rows, sides.Rank), SideBySide(at, sides.Columns, sides.Rank));
        var values = SideBySide(at, 1, sides.Rank);
        Decompose(source, at, sides, new SvdTarget(Memory(left, at), Memory(values, at), Memory(right, at)));
        var lanes = matrices.shape[..^2];
        return new Modes(
            Shown(left).reshape([.. lanes, sides.Rows, sides.Rank]), Shown(values).reshape([.. lanes, sides.Rank]),
            Shown(right).reshape([.. lanes, sides.Columns, sides.Rank]));
    }

    /// <summary>Values [..., r].</summary>
    public static Tensor Values(Tensor matrices)
    {
        var (source, at, sides) = Arranged(matrices);
        var values = SideBySide(at, 1, sides.Rank);
        Decompose(source, at, sides, new SvdTarget(Memory(values, at)));
        return Shown(values).reshape([.. matrices.shape[..^2], sides.Rank]);
    }

    /// <summary>As [batches, matrices, m, n], of float32 or float64.</summary>
    private static (Tensor Source, MatrixPlaces At, (int Rows, int Columns, int Rank) Sides) Arranged(Tensor matrices)
    {
        var shape = matrices.shape;
        var (rows, columns) = (shape[^2], shape[^1]);
        // Matrices of one batch fill registers together: where there is one a batch, all are one batch.
        var source = shape.Length == 4 && shape[1] > 1 ? matrices : matrices.reshape(1, -1, rows, columns);
        source = source.dtype is ScalarType.Float32 or ScalarType.Float64 ? source : source.to(ScalarType.Float64);
        var strides = source.stride();
        return (
            source,
            new MatrixPlaces(
                (int)source.shape[0], (int)source.shape[1], (nint)strides[0], (nint)strides[1], (nint)strides[2], (nint)strides[3]),
            ((int)rows, (int)columns, (int)Math.Min(rows, columns)));
    }

    private static void Decompose(Tensor source, MatrixPlaces at, (int Rows, int Columns, int Rank) sides, SvdTarget target)
    {
        var threads = get_num_threads();
        if (source.dtype == ScalarType.Float32)
        {
            SmallSvd.Decompose(TensorMemory.First<float>(source), at, sides.Rows, sides.Columns, target, threads);
        }
        else
        {
            SmallSvd.Decompose(TensorMemory.First<double>(source), at, sides.Rows, sides.Columns, target, threads);
        }
    }

    private static Tensor SideBySide(MatrixPlaces at, int rows, int columns) =>
        empty([at.Batches, rows, columns, at.Count], dtype: ScalarType.Float64);

    private static Matrices Memory(Tensor values, MatrixPlaces at) => new(
        TensorMemory.First<double>(values), MatrixPlaces.SideBySide(at.Batches, at.Count, (int)values.shape[1], (int)values.shape[2]));

    private static Tensor Shown(Tensor sideBySide) => sideBySide.permute(0, 3, 1, 2);
}
