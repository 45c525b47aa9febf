using System.Runtime.InteropServices;
using Sweeper.Lanes.Algebra;
using Sweeper.Training.Phases;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>Singular value decomposition of many matrices: A = U diag(S) V^T, descending.</summary>
/// <param name="U">Left vectors as columns, [..., m, r].</param>
/// <param name="S">[..., r].</param>
/// <param name="V">Right vectors as columns, [..., n, r].</param>
internal sealed record Modes(Tensor U, Tensor S, Tensor V)
{
    /// <summary>Of modes [K, ...] those of one member of every trial, [K / M, ...].</summary>
    public Modes Of(int member, LaneMap lanes) => new(lanes.Of(member, U), lanes.Of(member, S), lanes.Of(member, V));
}

/// <summary>
/// SVD in float64 whatever the pack's type: alignments of weak modes need the digits. A matrix that has none gives NaN and does not
/// trouble the others. Small matrices on a processor are decomposed by <see cref="SmallSvd"/>, others by libtorch, which takes a
/// processor's one by one.
/// </summary>
internal static class BatchedSvd
{
    /// <summary>Values and vectors of matrices [..., m, n].</summary>
    public static Modes Full(Tensor matrices)
    {
        if (IsSmall(matrices))
        {
            return LaneSvd.Full(matrices);
        }

        var (u, s, vh) = Guarded(matrices.to(ScalarType.Float64), static one =>
        {
            var (left, values, right) = linalg.svd(one, fullMatrices: false);
            return (left, values, right);
        });
        return new Modes(u, s, vh.mT);
    }

    /// <summary>Values [..., r] only, at half the price; bit by bit those that <see cref="Full"/> gives of small matrices.</summary>
    public static Tensor Values(Tensor matrices) => IsSmall(matrices) ? LaneSvd.Values(matrices) : Full(matrices).S;

    private static bool IsSmall(Tensor matrices) =>
        matrices.device.type == DeviceType.CPU && Math.Min(matrices.shape[^2], matrices.shape[^1]) <= SmallSvd.LargestSide;

    private static (Tensor U, Tensor S, Tensor Vh) Guarded(Tensor matrices, Func<Tensor, (Tensor, Tensor, Tensor)> decompose)
    {
        try
        {
            return decompose(matrices);
        }
        catch (ExternalException)
        {
            return OneByOne(matrices, decompose);
        }
    }

    private static (Tensor U, Tensor S, Tensor Vh) OneByOne(Tensor matrices, Func<Tensor, (Tensor, Tensor, Tensor)> decompose)
    {
        var shape = matrices.shape;
        long m = shape[^2], n = shape[^1], rank = Math.Min(m, n);
        var lanes = shape[..^2];
        var flat = matrices.reshape(-1, m, n);
        var parts = Enumerable.Range(0, (int)flat.shape[0]).Select(index =>
        {
            try
            {
                return decompose(flat[index]);
            }
            catch (ExternalException)
            {
                return (flat.new_full([m, rank], double.NaN), flat.new_full([rank], double.NaN), flat.new_full([rank, n], double.NaN));
            }
        }).ToArray();
        return (
            stack(parts.Select(part => part.Item1)).view([.. lanes, m, rank]),
            stack(parts.Select(part => part.Item2)).view([.. lanes, rank]),
            stack(parts.Select(part => part.Item3)).view([.. lanes, rank, n]));
    }
}
