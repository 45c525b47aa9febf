using Sweeper.Core.Ports;
using Sweeper.Core.Randomness;
using Sweeper.Theory;
using Xunit;

namespace Sweeper.Tests.Predictions;

public class SharpnessBoundTests
{
    /// <summary>In one dimension a is the mean square of the inputs, whatever is learned: 1 on average, and the bound 2 L.</summary>
    [Fact]
    public void The_bound_grows_with_depth_by_twice_the_mean_curvature()
    {
        Assert.Equal(20, Bound("depth: 10, noise: 0"));
        Assert.Equal(2, Bound("depth: 1, noise: 0"));
        // With noise, against draws: |X w|^2 / n and |w|^2 in means over least-squares solutions of one input.
        const int examples = 12;
        double along = 0, length = 0;
        for (var seed = 0; seed < 40000; seed++)
        {
            var numbers = new CounterRandom(seed, 1).NextGaussian(2 * examples + 1);
            double squares = 0, products = 0;
            for (var place = 0; place < examples; place++)
            {
                squares += numbers[place] * numbers[place];
                products += numbers[place] * (numbers[place] * numbers[^1] + numbers[examples + place]);
            }

            var solution = products / squares;
            along += solution * solution * squares / examples;
            length += solution * solution;
        }

        Assert.Equal(2 * 3 * along / length, Bound($"depth: 3, noise: 1, inputs: 1, train_examples: {examples}"), 0.02);
    }

    [Theory]
    [InlineData("inputs: 20, train_examples: 15")]
    [InlineData("inputs: 2, train_examples: 19")]
    [InlineData("inputs: 5, train_examples: 50, noise: 3.4")]
    public void Nothing_is_predicted_where_solutions_are_many_or_their_ratio_is_far_from_that_of_the_means(string settings) =>
        Assert.Empty(Predict(settings));

    private static double Bound(string settings) => Predict(settings).Select(prediction => prediction.Values[0]).Distinct().Single();

    private static List<Prediction> Predict(string settings) => Predicted.By(
        new SharpnessBound(),
        $$"""
        experiment: sharpness
        fixed: { {{settings}} }
        measure: [ { at: { log: 3 }, metrics: [loss, sharpness, sharpness_bound] } ]
        """);
}
