using Sweeper.Core.Ports;
using Sweeper.Theory;
using Xunit;

namespace Sweeper.Tests.Predictions;

public sealed class BalancedModesTests
{
    private const string Yaml = """
        experiment: jacobian-depth
        fixed: { depth: 2, width: 8, active_share: 0.7, min_active: 2, modes: 2, teacher_spectrum: [1, 3], init: training-aligned,
          init_spectrum: [0.01, 0.2], learning_rate: 1e-2, steps: 400 }
        measure: [ { at: [0, 100, 400], metrics: [mode_strength] }, { at: [50], metrics: [loss] } ]
        """;

    /// <summary>Two matrices: s(t) = T / (1 + (T / s0 - 1) exp(-2 T t)), the logistic curve.</summary>
    [Fact]
    public void Two_layers_grow_along_the_logistic_curve_whatever_their_gates()
    {
        var predicted = Predict();
        Assert.Equal([0L, 100, 400], predicted.Select(prediction => prediction.Step));
        foreach (var prediction in predicted)
        {
            Assert.Equal("train", prediction.Series.Split);
            Assert.Equal(
                [Logistic(3, 0.2, prediction.Step), Logistic(1, 0.01, prediction.Step)], prediction.Values,
                (a, b) => Math.Abs(a - b) < 1e-9);
        }

        static double Logistic(double target, double initial, long step) =>
            target / (1 + (target / initial - 1) * Math.Exp(-2 * target * 0.01 * step));
    }

    [Theory]
    [InlineData("init=balanced")]
    [InlineData("optimizer=adam")]
    [InlineData("weight_decay=0.1")]
    [InlineData("teacher_spectrum=[]; teacher_rank=2")]
    [InlineData("rate_decay=cosine")]
    [InlineData("depth=1")]
    public void Nothing_is_predicted_where_an_assumption_fails(string set) => Assert.Empty(Predict(set.Split("; ")));

    [Fact]
    public void Modes_grow_to_those_of_the_teacher() =>
        Assert.Equal([3, 1], new BalancedModes().TeacherLevels(Predicted.Plan(Yaml).PointAt(0), "mode_strength"));

    private static List<Prediction> Predict(params string[] sets) => Predicted.By(new BalancedModes(), Yaml, sets);
}
