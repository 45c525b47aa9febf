using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;
using Sweeper.Theory;
using Xunit;

namespace Sweeper.Tests.Predictions;

/// <summary>Numbers of Lampinen and Ganguli (2019), sections 3.3 and 3.5, and of the laws' moments.</summary>
public class NoisySpectraTests
{
    private const string Student = "student: linear, teacher: linear, teacher_spectrum: [10, 30, 20], inputs: 100, outputs: 50, train_examples: 100, "
        + "validation_examples: 100, input_law: orthonormal, noise: 0.1";

    [Fact]
    public void Strong_modes_stand_out_and_the_others_fill_the_law_of_the_noise()
    {
        var values = Assert.Single(Predict("spiked-matrix", "spectrum: [3, 9, 6]", "singular_values")).Values;
        Assert.Equal(50, values.Length);
        Check([9.083, 6.125, 3.249], values.Take(3));
        Assert.All(values.Skip(3), value => Assert.InRange(value, 0.2929, 1.7071));
        Assert.Equal(values.OrderDescending(), values);
        Assert.Equal(1, values.Skip(3).Average(value => value * value), 0.005);
    }

    [Fact]
    public void A_mode_below_the_threshold_is_at_the_edge_and_shares_no_direction()
    {
        Assert.Equal(1.7071, Assert.Single(Predict("spiked-matrix", "spectrum: [0.8]", "singular_values")).Values[0], 1e-4);
        // A = 1: 1 - 1 / s^2; the threshold is 1.
        var overlaps = Assert.Single(Predict("spiked-matrix", "outputs: 100, spectrum: [0.9, 2]", "signal_overlap")).Values;
        Check([0.75, 0], overlaps);
    }

    [Theory]
    [InlineData("spectrum: [0.8]", 100)]
    [InlineData("spectrum: [3, 9, 0.8, 6]", 97)]
    public void A_density_has_all_values_but_those_that_stand_out(string spectrum, int ofNoise)
    {
        // A = 1/2: the edges are at 1 -+ sqrt(1/2), and 0.8 is below the threshold; the mean square of the noise alone is 1.
        var plan = Plan("spiked-matrix", $"inputs: 200, outputs: 100, {spectrum}", "singular_values");
        var density = new NoisySpectra().DensityOf(plan.PointAt(0), "singular_values")!;
        Assert.Equal(1 - Math.Sqrt(0.5), density.Low, 1e-12);
        Assert.Equal(1 + Math.Sqrt(0.5), density.High, 1e-12);
        Assert.Equal((0, 0), (density.Number(density.Low), density.Number(density.High)));
        Assert.Equal(ofNoise, Integral(density.Number), 1e-3);
        Assert.Equal(ofNoise, Integral(x => x * x * density.Number(x)), 1e-3);
        Check([9.083, 6.125, 3.249], density.Alone.Order().Reverse());
        Assert.Equal((100 - ofNoise, 100), (density.Alone.Length, density.Count));

        double Integral(Func<double, double> function)
        {
            const int pieces = 100_000;
            var width = (density.High - density.Low) / pieces;
            return Enumerable.Range(0, pieces).Sum(piece => width * function(density.Low + (piece + 0.5) * width));
        }
    }

    [Fact]
    public void What_is_predicted_nothing_of_has_no_density()
    {
        Assert.Null(new NoisySpectra().DensityOf(Plan("teacher-student", "teacher: relu", "data_strength").PointAt(0), "data_strength"));
        Assert.Null(new NoisySpectra().DensityOf(Plan("spiked-matrix", "spectrum: [3]", "signal_overlap").PointAt(0), "signal_overlap"));
        Assert.Null(new NoisySpectra().DensityOf(Plan("spiked-matrix", "spectrum: [3], noise: 0", "singular_values").PointAt(0), "singular_values"));
    }

    [Fact]
    public void Data_of_linear_students_have_the_same_spectrum()
    {
        var prediction = Assert.Single(Predict("teacher-student", Student, "data_strength"));
        Assert.Equal("train", prediction.Series.Split);
        Check([30.025, 20.037, 10.075], prediction.Values.Take(3));
        var randomised = Assert.Single(Predict("teacher-student", Student + ", targets: randomised", "data_strength")).Values;
        Assert.All(randomised, value => Assert.InRange(value, 1.577, 9.194));
        Assert.Equal(1400.0 / 50 + 1, randomised.Average(value => value * value), 0.15);
    }

    [Fact]
    public void Fewer_examples_than_inputs_show_part_of_the_signal()
    {
        // D = 0.8, N = 100: strength sqrt(D) s at the aspect 1 / D of the transpose, with as many zeros as examples are missing.
        var values = Assert.Single(Predict(
            "teacher-student", Student.Replace("outputs: 50, train_examples: 100", "outputs: 100, train_examples: 80", StringComparison.Ordinal), "data_strength")).Values;
        double strength = Math.Sqrt(0.8) * 30, aspect = 1 / 0.8, noise = Math.Sqrt(0.8);
        var scaled = strength / noise;
        Assert.Equal(noise * Math.Sqrt((1 + scaled * scaled) * (aspect + scaled * scaled)) / scaled, values[0], 1e-9);
        Assert.Equal((100, 20), (values.Length, values.Count(value => value == 0)));
    }

    [Theory]
    [InlineData("teacher: relu")]
    [InlineData("teacher: linear, input_law: gaussian")]
    [InlineData("teacher: linear, targets: randomised")]
    public void Nothing_is_predicted_where_an_assumption_fails(string settings) =>
        Assert.Empty(Predict("teacher-student", settings, "data_strength"));

    private static void Check(double[] expected, IEnumerable<double> values) =>
        Assert.All(expected.Zip(values), pair => Assert.Equal(pair.First, pair.Second, 5e-4));

    private static List<Prediction> Predict(string experiment, string settings, string metric) =>
        Predicted.By(new NoisySpectra(), Plan(experiment, settings, metric));

    private static SweepPlan Plan(string experiment, string settings, string metric) => Predicted.Plan(
        $$"""
        experiment: {{experiment}}
        fixed: { {{settings}}, steps: 0 }
        measure: [ { at: [0], metrics: [{{metric}}] } ]
        """);
}
