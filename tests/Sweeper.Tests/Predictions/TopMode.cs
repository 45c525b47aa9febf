using MathNet.Numerics.LinearAlgebra;
using Sweeper.Theory.Generalisation;

namespace Sweeper.Tests.Predictions;

/// <summary>The largest singular value of a drawn task of rank one, and what its vectors share with the teacher's.</summary>
internal static class TopMode
{
    public static (double Observed, double Left, double Right, double Overlap) Of(LinearTask task, int seed)
    {
        var source = new GaussianMatrices(seed);
        Vector<double> u = source.Haar(task.Outputs, 1).Column(0), v = source.Haar(task.Inputs, 1).Column(0);
        var data = task.Strengths[0] * u.OuterProduct(v) + task.Noise / Math.Sqrt(task.Inputs) * source.Draw(task.Outputs, task.Inputs);
        // The smaller of the two products has all singular values.
        var isWide = task.Outputs <= task.Inputs;
        var eigen = (isWide ? data.TransposeAndMultiply(data) : data.TransposeThisAndMultiply(data)).Evd(Symmetricity.Symmetric);
        var top = eigen.EigenVectors.Column(eigen.EigenVectors.ColumnCount - 1);
        var other = (isWide ? data.TransposeThisAndMultiply(top) : data * top).Normalize(2);
        var (left, right) = isWide ? (top, other) : (other, top);
        double leftOverlap = Math.Abs(left * u), rightOverlap = Math.Abs(right * v);
        return (Math.Sqrt(eigen.EigenValues[eigen.EigenValues.Count - 1].Real), leftOverlap, rightOverlap, leftOverlap * rightOverlap);
    }
}
