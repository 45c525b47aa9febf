using Sweeper.Core.Randomness;
using Sweeper.Training.Data;
using Sweeper.Training.Quantities;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Data;

public sealed class DrawTests
{
    [Theory]
    [InlineData(12, 12)]
    [InlineData(20, 7)]
    [InlineData(7, 20)]
    public void Haar_matrices_are_orthonormal_along_their_shorter_side(int rows, int columns)
    {
        using var scope = NewDisposeScope();
        var matrix = tensor(HaarMatrix.Draw(new CounterRandom(3, 0), rows, columns), [rows, columns]);
        var gram = rows >= columns ? matrix.mT.matmul(matrix) : matrix.matmul(matrix.mT);
        Assert.True((gram - eye(Math.Min(rows, columns), dtype: ScalarType.Float64)).abs().max().Number() < 1e-14);
    }

    /// <summary>Entries of a Haar matrix of size n have mean 0, mean square 1/n and mean fourth power 3 / (n (n + 2)).</summary>
    [Fact]
    public void Entries_of_haar_matrices_have_the_moments_of_the_uniform_law()
    {
        const int Size = 4, Count = 20_000;
        double first = 0, second = 0, fourth = 0;
        for (var seed = 0; seed < Count; seed++)
        {
            // The first entry alone: a QR without its sign convention would leave it positive or biased.
            var entry = HaarMatrix.Draw(new CounterRandom(seed, 0), Size, Size)[0];
            first += entry / Count;
            second += entry * entry / Count;
            fourth += Math.Pow(entry, 4) / Count;
        }

        Assert.InRange(first, -0.02, 0.02);
        Assert.InRange(second, 0.245, 0.255);
        Assert.InRange(fourth, 0.120, 0.130);
    }

    [Fact]
    public void Whitened_inputs_have_unit_covariance_and_orthonormal_ones_unit_sum()
    {
        using var scope = NewDisposeScope();
        AssertGram(InputLaw.Whitened, 1.0 / 40);
        AssertGram(InputLaw.Orthonormal, 1);

        static void AssertGram(InputLaw law, double factor)
        {
            var inputs = tensor(Inputs.Draw(law, new CounterRandom(1, 10), 40, 6), [40, 6]);
            Assert.True((inputs.mT.matmul(inputs) * factor - eye(6, dtype: ScalarType.Float64)).abs().max().Number() < 1e-13);
        }
    }

    [Fact]
    public void A_teacher_matrix_has_the_wanted_spectrum_and_vectors_that_do_not_depend_on_it()
    {
        using var scope = NewDisposeScope();
        double[] spectrum = [50, 40, 30, 20, 10];
        var five = BatchedSvd.Full(tensor(SpectrumMatrix.Draw(5, 12, 9, spectrum), [1, 12, 9]));
        var one = BatchedSvd.Full(tensor(SpectrumMatrix.Draw(5, 12, 9, [2]), [1, 12, 9]));
        var values = five.S.Numbers();
        for (var mode = 0; mode < values.Length; mode++)
        {
            Assert.Equal(mode < spectrum.Length ? spectrum[mode] : 0, values[mode], 1e-9);
        }

        Assert.Equal(1, (five.U.narrow(2, 0, 1) * one.U.narrow(2, 0, 1)).sum().abs().Number(), 1e-12);
    }
}
