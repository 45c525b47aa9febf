using Sweeper.Core.Ports;
using Sweeper.Theory;
using Xunit;

namespace Sweeper.Tests.Predictions;

public class TransferCurvesTests
{
    /// <summary>
    /// Benefits by the reference vectors: the smallest error of the student of A alone minus that of the student of both.
    /// </summary>
    [Theory]
    [InlineData(3, 3, 0, -0.0522)]
    [InlineData(3, 3, 1, 0.0499)]
    [InlineData(3, 30, -0.6, -0.0617)]
    [InlineData(0.84, 3, 0.5, 0.0652)]
    public void Smallest_errors_differ_by_the_benefit(double a, double b, double overlap, double benefit)
    {
        var predictions = Predict(FormattableString.Invariant($"strength_a: {a}, strength_b: {b}, overlap: {overlap}"));
        double Smallest(int member, string head) => predictions
            .Where(prediction => prediction.Series.Member == member && prediction.Series.Component == head).Min(prediction => Assert.Single(prediction.Values));
        Assert.Equal(benefit, Smallest(1, "A") - Smallest(0, "A"), 2e-4);
        Assert.Equal([(0, "A"), (0, "B"), (1, "A"), (2, "B")], predictions.Select(one => (one.Series.Member, one.Series.Component)).Distinct().Order());
        Assert.All(predictions.Where(prediction => prediction.Step == 0), prediction => Assert.Equal(1, prediction.Values[0], 1e-4));
        Assert.Equal(["validation"], predictions.Select(prediction => prediction.Series.Split).Distinct());
    }

    [Fact]
    public void Tasks_change_places_with_their_strengths()
    {
        double[] Of(string settings, string head) =>
            [.. Predict(settings).Where(one => one.Series.Member == 0 && one.Series.Component == head).Select(one => one.Values[0])];
        Assert.Equal(Of("strength_a: 2, strength_b: 5, overlap: 0.5", "A"), Of("strength_a: 5, strength_b: 2, overlap: 0.5", "B"));
    }

    [Theory]
    [InlineData("init: haar")]
    [InlineData("pieces: [1, 0.5]")]
    [InlineData("leak: 0.2, init: gaussian")]
    [InlineData("optimizer: adam")]
    [InlineData("noise: 0")]
    [InlineData("strength_b: 0")]
    public void Nothing_is_predicted_where_an_assumption_fails(string settings) => Assert.Empty(Predict(settings));

    private static List<Prediction> Predict(string settings) => Predicted.By(
        new TransferCurves(),
        $$"""
        experiment: task-transfer
        fixed: { {{settings}}, steps: 5000 }
        measure: [ { at: { every: 20 }, metrics: [head_relative_loss] } ]
        """);
}
