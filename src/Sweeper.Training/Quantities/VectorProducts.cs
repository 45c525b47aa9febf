using Sweeper.Lanes.Algebra;
using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>
/// Singular values [K, n, r] of matrices that are not kept, and products of their vectors with others; bit by bit what
/// <see cref="ScalarProducts"/> gives with the vectors.
/// </summary>
internal sealed class VectorProducts
{
    private readonly int lanes, examples, rank;

    /// <param name="lanes">K.</param>
    /// <param name="examples">n.</param>
    /// <param name="rank">r.</param>
    /// <param name="left">What left vectors are multiplied with: [K or 1, n or 1, rows, r or 1] each, float64.</param>
    /// <param name="right">What right vectors are multiplied with.</param>
    public VectorProducts(int lanes, int examples, int rank, Tensor[] left, Tensor[] right)
    {
        (this.lanes, this.examples, this.rank) = (lanes, examples, rank);
        Values = New();
        Left = [.. left.Select(_ => New())];
        Right = [.. right.Select(_ => New())];
        Target = new SvdTarget(
            default, Memory(Values), default, [.. left.Zip(Left, (with, into) => new VectorProduct(Memory(with), Memory(into)))],
            [.. right.Zip(Right, (with, into) => new VectorProduct(Memory(with), Memory(into)))]);

        Tensor New() => empty([lanes, rank, examples], dtype: ScalarType.Float64).permute(0, 2, 1);
    }

    /// <summary>Descending.</summary>
    public Tensor Values { get; }

    /// <summary>Products of left vectors, [K, n, r] each.</summary>
    public Tensor[] Left { get; }

    /// <summary>Products of right vectors.</summary>
    public Tensor[] Right { get; }

    /// <summary>Where the decomposition puts them.</summary>
    public SvdTarget Target { get; }

    private unsafe Matrices Memory(Tensor values)
    {
        var whole = values.dim() == 3 ? values.unsqueeze(2) : values.expand([lanes, examples, values.shape[2], rank]);
        var strides = whole.stride();
        return new Matrices(
            TensorMemory.First<double>(whole),
            new MatrixPlaces(lanes, examples, (nint)strides[0], (nint)strides[1], (nint)strides[2], (nint)strides[3]));
    }
}
