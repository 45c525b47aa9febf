using System.Collections.Immutable;
using Sweeper.Core.Ports;
using Sweeper.Theory;
using Xunit;

namespace Sweeper.Tests.Predictions;

public class AlignedModesTests
{
    private const string Yaml = """
        experiment: teacher-student
        fixed: { student: linear, teacher: linear, depth: 2, teacher_spectrum: [3, 8], learning_rate: 1e-3, init_scale: 0.4, steps: 400 }
        measure: [ { at: [0, 100, 400], metrics: [mode_strength] }, { at: [50], metrics: [loss] } ]
        """;

    /// <summary>
    /// s(t) = T / (1 + (T / s0 - 1) exp(-2 T t / tau)): Saxe, McClelland and Ganguli (2014), equation 9, with tau = 1 / (2 learning rate).
    /// </summary>
    [Theory]
    [InlineData("loss_scaling=mean_example_sum_output", 2e-3)]
    [InlineData("loss_scaling=half_sum", 0.256)]
    [InlineData("loss_scaling=mean_all", 2e-3 / 12)]
    [InlineData("input_law=orthonormal", 2e-3 / 256)]
    public void Two_layers_grow_along_the_logistic_curve(string set, double rate)
    {
        var predicted = Predict(set).Where(prediction => prediction.Series.Split == "train").ToList();
        Assert.Equal([0L, 100, 400], predicted.Select(prediction => prediction.Step));
        Assert.All(predicted, prediction => Assert.Equal(12, prediction.Values.Length));
        foreach (var (mode, target) in new[] { (0, 8.0), (1, 3.0) })
        {
            foreach (var prediction in predicted)
            {
                var expected = target / (1 + (target / 0.16 - 1) * Math.Exp(-2 * target * rate * prediction.Step));
                Assert.Equal(expected, prediction.Values[mode], 1e-9 * target);
            }
        }
    }

    [Theory]
    [InlineData("student=relu")]
    [InlineData("teacher=relu")]
    [InlineData("weight_decay=0.1")]
    [InlineData("perturbation=0.1")]
    [InlineData("optimizer=adam")]
    [InlineData("init=gaussian")]
    [InlineData("width=13")]
    [InlineData("depth=1")]
    [InlineData("batch=16")]
    [InlineData("input_law=gaussian")]
    public void Nothing_is_predicted_where_an_assumption_fails(string set) => Assert.Empty(Predict(set));

    /// <summary>
    /// Of the largest 6 modes of noise in 12, at a time at which all are learned: noise of 0.3 in 256 white examples is 0.3 / 16 in the
    /// map.
    /// </summary>
    [Fact]
    public void Modes_of_noisy_data_end_where_the_data_have_them()
    {
        var end = Predict("width=8", "noise=0.3", "learning_rate=100")[^1].Values;
        var scale = 0.3 / 16 * Math.Sqrt(12);
        double Observed(double strength) => Math.Sqrt(Math.Pow(strength * strength + scale * scale, 2)) / strength;
        Assert.Equal(Observed(8), end[0], 1e-9);
        Assert.Equal(Observed(3), end[1], 1e-9);
        // The law of square noise: x / scale = 2 cos(a / 2) where (a - sin a) / pi is the mass above.
        for (var mode = 0; mode < 6; mode++)
        {
            var angle = 2 * Math.Acos(end[2 + mode] / scale / 2);
            Assert.Equal((mode + 0.5) / 10, (angle - Math.Sin(angle)) / Math.PI, 1e-9);
        }

        Assert.All(end[8..], value => Assert.Equal(0, value));
    }

    [Fact]
    public void The_teachers_modes_are_known_of_linear_teachers_strongest_first()
    {
        Assert.Equal([8, 3], Levels("noise=1", "mode_strength"));
        Assert.Empty(Levels("noise=1", "loss"));
        Assert.Empty(Levels("teacher=relu", "mode_strength"));
    }

    private static ImmutableArray<double> Levels(string set, string metric) => new AlignedModes().TeacherLevels(Predicted.Plan(Yaml, set).PointAt(0), metric);

    private static List<Prediction> Predict(params string[] sets) => Predicted.By(new AlignedModes(), Yaml, sets);
}
