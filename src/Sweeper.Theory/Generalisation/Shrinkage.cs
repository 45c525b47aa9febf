using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
using Sweeper.Theory.Spectra;

namespace Sweeper.Theory.Generalisation;

/// <summary>
/// Learning without gradients (Lampinen and Ganguli 2019, section 3.6): keep the singular values of the data that stand out of the noise,
/// each shrunk to s O(s), and drop the others.
/// </summary>
/// <remarks>
/// It bounds the error curves of theory and means over samples, but not single samples: the best stopping time knows the true error.
/// </remarks>
public static class Shrinkage
{
    /// <summary>sum s^2 (1 - O^2) / sum s^2 (equation 16): the error where every mode of the teacher is set to s O.</summary>
    public static double Error(SpikedMatrix data, IReadOnlyList<double> strengths) =>
        strengths.Sum(strength => strength * strength * (1 - Math.Pow(data.Overlap(strength), 2)))
            / strengths.Sum(strength => strength * strength);

    /// <summary>s O(s): what a mode of the data is best set to, by the teacher's strength.</summary>
    public static double Best(SpikedMatrix data, double strength) => strength * data.Overlap(strength);

    /// <summary>The estimate of a teacher from its noisy matrix.</summary>
    /// <param name="data">Y X^T of orthonormal inputs, outputs x inputs.</param>
    /// <param name="noise">sigma; elements have noise of variance sigma^2 / inputs.</param>
    public static ShrunkMatrix Of(Matrix<double> data, double noise = 1)
    {
        var law = new SpikedMatrix((double)data.RowCount / data.ColumnCount, noise);
        var svd = data.Svd();
        ImmutableArray<double> strengths = [.. svd.S.Where(value => value > law.Edge).Select(law.Original)];
        ImmutableArray<double> shrunk = [.. strengths.Select(strength => Best(law, strength))];
        var estimate = Matrix<double>.Build.Dense(data.RowCount, data.ColumnCount);
        for (var mode = 0; mode < shrunk.Length; mode++)
        {
            estimate += shrunk[mode] * svd.U.Column(mode).OuterProduct(svd.VT.Row(mode));
        }

        return new ShrunkMatrix([.. svd.S], law.Edge, strengths, shrunk, estimate);
    }
}

/// <summary>What shrinkage makes of a matrix.</summary>
/// <param name="SingularValues">Those of the matrix, descending.</param>
/// <param name="Edge">Where the noise ends.</param>
/// <param name="Strengths">Estimated singular values of the teacher: of the modes beyond the edge.</param>
/// <param name="Shrunk">What they are set to.</param>
/// <param name="Estimate">The estimated teacher.</param>
public sealed record ShrunkMatrix(
    ImmutableArray<double> SingularValues, double Edge, ImmutableArray<double> Strengths, ImmutableArray<double> Shrunk,
    Matrix<double> Estimate);
