using Sweeper.Theory.Generalisation;
using Sweeper.Theory.Spectra;
using Xunit;

namespace Sweeper.Tests.Predictions;

public class SpectraTests
{
    /// <summary>
    /// Singular values of noise stand by their quantiles: they waver by N^(-2/3) of the range at the edges, and by less within.
    /// </summary>
    [Theory]
    [InlineData(60, 120)]
    [InlineData(120, 60)]
    [InlineData(90, 90)]
    public void Noise_has_the_spectrum_of_Marchenko_and_Pastur(int rows, int columns)
    {
        var bulk = new MarchenkoPastur((double)rows / columns);
        var values = (new GaussianMatrices(1).Draw(rows, columns) / Math.Sqrt(columns)).Svd(false).S.OrderBy(value => value).ToArray();
        for (var i = 0; i < values.Length; i++)
        {
            Assert.Equal(bulk.Quantile((i + 0.5) / values.Length), values[i], bulk.UpperEdge * Math.Pow(values.Length, -2 / 3.0));
        }

        Assert.Equal((double)rows / values.Length, bulk.MeanSquare(bulk.LowerEdge, bulk.UpperEdge), 1e-12);
        Assert.Equal(1, bulk.MassAbove(bulk.LowerEdge), 1e-12);
        Assert.Equal(bulk.Mean(x => x * x, 1, bulk.UpperEdge), bulk.MeanSquare(1, bulk.UpperEdge), 1e-9);
    }

    /// <summary>Means of twelve drawn matrices, within four standard errors and 1 / N.</summary>
    [Theory]
    [InlineData(60, 120, 2.0)]
    [InlineData(120, 60, 2.5)]
    public void Outliers_and_their_vectors_are_those_of_drawn_matrices(int rows, int columns, double strength)
    {
        const double noise = 1.3;
        var law = new SpikedMatrix((double)rows / columns, noise);
        var task = new LinearTask(columns, rows, [strength]) { Noise = noise };
        var drawn = Enumerable.Range(0, 12).Select(seed => TopMode.Of(task, seed)).ToArray();
        Compare(law.Observed(strength), drawn.Select(one => one.Observed));
        Compare(law.LeftOverlap(strength), drawn.Select(one => one.Left));
        Compare(law.RightOverlap(strength), drawn.Select(one => one.Right));
        Compare(law.Overlap(strength), drawn.Select(one => one.Overlap));
        Assert.Equal(strength, law.Original(law.Observed(strength)), 1e-9);

        static void Compare(double theory, IEnumerable<double> sampled)
        {
            var values = sampled.ToArray();
            var mean = values.Average();
            var error = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1) / values.Length);
            Assert.Equal(theory, mean, 4 * error + 1.0 / 60);
        }
    }

    /// <summary>
    /// u . Y v is s in the mean: what the outlier does not have of it the noise's modes do, and a hidden teacher's is theirs alone. By the
    /// closed
    /// form of the outlier's share, s' O = s - A / s^3.
    /// </summary>
    [Theory]
    [InlineData(0.5, 2.0, 0.5 / 8)]
    [InlineData(0.5, 0.6, 0.6)]
    [InlineData(2.0, 1.5, 2 / 3.375)]
    public void What_an_outlier_lacks_is_in_the_noise(double aspect, double strength, double expected)
    {
        var law = new SpikedMatrix(aspect);
        Assert.Equal(expected, law.Bulk.Mean(x => x * law.BulkOverlap(strength, x), law.Bulk.LowerEdge, law.Bulk.UpperEdge), 1e-9);
    }

    [Fact]
    public void Without_noise_nothing_moves()
    {
        var law = new SpikedMatrix(0.7, 0);
        Assert.Equal((0.3, 1.0, 1.0, 0.3), (law.Observed(0.3), law.LeftOverlap(0.3), law.RightOverlap(0.3), law.Original(0.3)));
    }

    /// <summary>The mean error of the estimator is equation 16, within four standard errors and 4 / N of it.</summary>
    [Fact]
    public void Shrinkage_of_drawn_matrices_has_the_error_of_its_formula()
    {
        var task = new LinearTask(100, 50, [6, 4]);
        var errors = Enumerable.Range(0, 16).Select(seed =>
        {
            var sample = new SampledTask(task, new DeepStudent(50), seed);
            return (Shrinkage.Of(sample.Data).Estimate - sample.Teacher).Power() / sample.Teacher.Power();
        }).ToArray();
        var theory = Shrinkage.Error(task.Data, task.Strengths);
        var deviation = Math.Sqrt(errors.Sum(error => Math.Pow(error - errors.Average(), 2)) / 15 / 16);
        Assert.Equal(theory, errors.Average(), 4 * deviation + 4.0 / 50 * theory);
    }

    /// <summary>Independent outputs of the same power fill the range that the law says, and have no outlier.</summary>
    [Fact]
    public void Randomised_outputs_are_noise_of_the_teachers_power()
    {
        var randomised = new LinearTask(100, 50, [30, 20, 10]).Randomised();
        var sample = new SampledTask(randomised, new DeepStudent(50), 3);
        Assert.Equal(Math.Sqrt(1400 / 50.0 + 1), randomised.Noise, 1e-12);
        var (low, high) = (randomised.Noise * randomised.Data.Bulk.LowerEdge, randomised.Data.Edge);
        Assert.All(sample.Observed, value => Assert.InRange(value, low - 0.5, high + 0.5));
    }
}
