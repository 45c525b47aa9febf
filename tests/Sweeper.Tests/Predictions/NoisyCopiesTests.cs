using Sweeper.Core.Ports;
using Sweeper.Theory;
using Xunit;

namespace Sweeper.Tests.Predictions;

public class NoisyCopiesTests
{
    [Theory]
    // d = 40, snr 2. n = 80: noise 40 / (2 * 39) = .5128, cosine 1 / 1.5128. n = 20: signal 1/2, noise 20 / (2 * 19) = .5263.
    [InlineData("train_examples: 80", 0.6610, 0.5128)]
    [InlineData("train_examples: 20", 0.4872, 1.0263)]
    [InlineData("train_examples: 80, perturb: fresh", 0.6610, 0.5128)]
    [InlineData("train_examples: 20, perturb: fresh", 0.2436, 1.0263)]
    public void Cosine_and_risk_are_those_of_least_squares(string settings, double cosine, double risk)
    {
        var predictions = Predict($"{settings}, init: min-norm");
        Assert.Equal(["0-1", "0-2", "1-2", "different trunks"], predictions.Where(one => one.Series.Metric == "function_cosine").Select(one => one.Series.Component));
        Assert.Equal([0, 1, 2], predictions.Where(one => one.Series.Metric == "excess_risk").Select(one => one.Series.Member));
        Assert.All(predictions, one => Assert.Equal(one.Series.Metric == "excess_risk" ? risk : cosine, Assert.Single(one.Values), 1e-4));
    }

    [Theory]
    [InlineData("train_examples: 37, init: min-norm")]
    [InlineData("train_examples: 43, init: min-norm, perturb: fresh")]
    [InlineData("perturb: inputs, init: min-norm")]
    [InlineData("init: normal")]
    public void Nothing_is_predicted_where_an_assumption_fails(string settings) => Assert.Empty(Predict(settings));

    private static List<Prediction> Predict(string settings) => Predicted.By(
        new NoisyCopies(),
        $$"""
        experiment: ensemble-alignment
        fixed: { {{settings}}, steps: 0 }
        measure: [ { at: end, metrics: [function_cosine, excess_risk, hidden_cka] } ]
        """);
}
