using Sweeper.Core.Randomness;
using Sweeper.Training.Data;
using static TorchSharp.torch;

namespace Sweeper.Training.Experiments;

/// <summary>
/// Two teachers f(x) = sum over p of phi(s r_p u_p (v_p . x)): strengths s, relative strengths r of the pieces, orthonormal u and v of each
/// teacher, and a scalar product of the two teachers' equally ranked v.
/// </summary>
/// <param name="left">u of both, A first, [K, 2, outputs, pieces].</param>
/// <param name="right">v of both, [K, 2, inputs, pieces].</param>
/// <param name="strengths">s r, [K, 2, pieces].</param>
/// <param name="leak">Slope of phi for negative arguments.</param>
internal sealed class TwoTeachers(Tensor left, Tensor right, Tensor strengths, double leak)
{
    /// <summary>Those of the lanes of a pack, in float64.</summary>
    public static TwoTeachers Draw(PackContext pack)
    {
        var point = pack.Statics;
        int inputs = (int)point.Integer("inputs"), outputs = (int)point.Integer("outputs"), pieces = point.Vector("pieces").Length;
        var seeds = pack.Seeds("teacher");
        var left = pack.Draw(
            seeds,
            seed => [.. Enumerable.Range(0, 2).SelectMany(task => HaarMatrix.Draw(RandomStreams.Teacher(seed, task), outputs, pieces))],
            2, outputs, pieces);
        var directions = pack.Draw(seeds, seed => HaarMatrix.Draw(RandomStreams.Teacher(seed, 2), inputs, 2 * pieces), inputs, 2 * pieces);
        var (ofA, others) = (directions.narrow(2, 0, pieces), directions.narrow(2, pieces, pieces));
        var overlap = pack.ExactColumn("overlap").unsqueeze(2);
        var ofB = ofA * overlap + others * SquareRoot.Of((1 - overlap.square()).clamp(0, 1));
        var strengths = stack([pack.ExactColumn("strength_a"), pack.ExactColumn("strength_b")], 1)
            * tensor([.. point.Vector("pieces")], ScalarType.Float64, pack.Device);
        return new TwoTeachers(left, stack([ofA, ofB], 1), strengths, point.Real("leak"));
    }

    /// <summary>What both say of inputs [K, n, d], A first: [K, n, 2 outputs].</summary>
    public Tensor Answer(Tensor inputs)
    {
        var along = inputs.unsqueeze(1).matmul(right) * strengths.unsqueeze(2);
        var pieces = along.unsqueeze(4) * left.mT.unsqueeze(2);
        return (leak == 1 ? pieces : pieces.leaky_relu(leak)).sum(3).transpose(1, 2).flatten(2);
    }
}
