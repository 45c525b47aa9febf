using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;
using Sweeper.Theory;
using Sweeper.Training.Experiments;
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

    private static List<Prediction> Predict(string experiment, string settings, string metric)
    {
        var plan = SweepPlan.Parse(
            $$"""
            sweep: spectra
            experiment: {{experiment}}
            fixed: { {{settings}}, steps: 0 }
            measure: [ { at: [0], metrics: [{{metric}}] } ]
            """, new ExperimentCatalog());
        return [.. new NoisySpectra().Predict(plan.PointAt(0), plan.ScheduleFor(plan.PointAt(0)))];
    }
}
