using Sweeper.Training.Models;
using Xunit;

namespace Sweeper.Training.Tests.Experiments;

public class FiniteWidthTests
{
    private const int Width = 7;
    private const double Richness = 0.6, Rate = 0.08, Target = 1.3;

    /// <summary>
    /// f = a . phi(h) / (gamma N) with weights of unit variance and the rate eta gamma^2 N, step by step in plain numbers: what is trained has other
    /// scales and rates, and the same outputs and kernels.
    /// </summary>
    [Theory]
    [InlineData("linear")]
    [InlineData("relu")]
    [InlineData("tanh")]
    public void Networks_follow_their_parameterisation(string activation)
    {
        var values = SampledRuns.Train(FormattableString.Invariant(
            $$"""
            sweep: width
            experiment: finite-width
            fixed: { activation: {{activation}}, width: {{Width}}, richness: {{Richness}}, learning_rate: {{Rate}}, target: {{Target}}, steps: 5, dtype: float64 }
            seeds: [3]
            measure: [ { at: { every: 1 }, metrics: [network_output, tangent_kernel, feature_kernel] } ]
            """));
        var drawn = Mlp.LayoutOf([2, Width, 1], law: InitialLaw.Normal).Initialise(3);
        double[] along = [.. Enumerable.Range(0, Width).Select(unit => drawn[2 * unit])], across = [.. Enumerable.Range(0, Width).Select(unit => drawn[2 * unit + 1])];
        var heads = drawn[(2 * Width)..];
        for (var step = 0; step <= 5; step++)
        {
            var (output, kernel, features) = Of(along);
            Assert.Equal(output, values("network_output", step, "train", "", 0)[0], 1e-12);
            Assert.Equal(kernel, values("tangent_kernel", step, "train", "", 0)[0], 1e-12);
            Assert.Equal(features, values("feature_kernel", step, "", "", 0)[0], 1e-12);
            var (tested, ofTest, _) = Of([.. along.Zip(across, (one, other) => (one + other) / Math.Sqrt(2))]);
            Assert.Equal(tested, values("network_output", step, "validation", "", 0)[0], 1e-12);
            Assert.Equal(ofTest, values("tangent_kernel", step, "validation", "", 0)[0], 1e-12);

            var by = Rate * Richness * Richness * Width * (Target - output) / (Richness * Width);
            var moves = along.Zip(heads, (sum, head) => by * head * Slope(sum)).ToArray();
            heads = [.. heads.Zip(along, (head, sum) => head + by * Phi(sum))];
            along = [.. along.Zip(moves, (sum, move) => sum + move)];
        }

        (double Output, double Kernel, double Features) Of(double[] sums) => (
            heads.Zip(sums, (head, sum) => head * Phi(sum)).Sum() / (Richness * Width),
            heads.Zip(sums, (head, sum) => Math.Pow(Phi(sum), 2) + Math.Pow(head * Slope(sum), 2)).Average(),
            sums.Average(sum => Math.Pow(Phi(sum), 2)));

        double Phi(double h) => activation switch
        {
            "linear" => h, "relu" => Math.Sqrt(2) * Math.Max(0, h), _ => Math.Tanh(0.4 * h) / 0.4,
        };

        double Slope(double h) => activation switch
        {
            "linear" => 1, "relu" => h > 0 ? Math.Sqrt(2) : 0, _ => 1 - Math.Pow(Math.Tanh(0.4 * h), 2),
        };
    }
}
