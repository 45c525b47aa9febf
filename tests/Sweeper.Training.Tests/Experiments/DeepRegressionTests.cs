using Xunit;

namespace Sweeper.Training.Tests.Experiments;

public sealed class DeepRegressionTests
{
    private static readonly string[] Metrics =
        ["loss", "solution_distance", "sharpness", "sharpness_bound", "sharpness_ratio", "balanced_sharpness", "stability_ratio", "singular_values"];

    /// <summary>Small initial weights end near the balanced minimum; none ends below the bound.</summary>
    [Fact]
    public void Descent_from_small_weights_ends_between_the_bound_and_a_tenth_above_the_balanced_minimum()
    {
        var measured = Run("depth: 3, init_scale: 0.1, learning_rate: 0.05, steps: 4000", "init: [gaussian]", seeds: 4);
        for (var trial = 0; trial < 4; trial++)
        {
            double Of(string metric) => measured.Of(metric, 4000, trial, split: "")[0];
            Assert.InRange(Of("solution_distance"), 0, 1e-12);
            Assert.InRange(Of("sharpness_ratio"), 1, double.PositiveInfinity);
            Assert.InRange(Of("sharpness"), 0, 1.1 * Of("balanced_sharpness"));
            Assert.Equal(Of("sharpness") / Of("sharpness_bound"), Of("sharpness_ratio"), 1e-12);
            Assert.Equal(Of("sharpness") * 0.05 / 2, Of("stability_ratio"), 1e-12);
        }
    }

    /// <summary>Matrices near the identity stand for W_l in p^T W_L ... W_1 with p = e_1: their product without noise is e_1.</summary>
    [Fact]
    public void A_residual_network_begins_at_its_output_vector_and_a_balanced_one_at_equal_strengths()
    {
        var residual = Run("depth: 4, init_scale: 0, steps: 0", "init: [residual]", seeds: 1);
        Assert.Equal([1.0, 1, 1, 1, 1], residual.Of("singular_values", 0, 0, split: "", component: "W2"));
        Assert.Equal([1.0], residual.Of("singular_values", 0, 0, split: "", component: "W4"));
        var balanced = Run("depth: 4, init_scale: 0.5, steps: 0", "init: [balanced]", seeds: 1);
        Assert.Equal([0.5, 0, 0, 0, 0], balanced.Of("singular_values", 0, 0, split: "", component: "W1").Select(value => Math.Round(value, 12)));
        Assert.Equal(0.5, balanced.Of("singular_values", 0, 0, split: "", component: "W4")[0], 1e-12);
    }

    /// <summary>Where the rate is in units of 1 / (L a), the bound's own stability ratio is that number of units.</summary>
    [Fact]
    public void The_critical_rate_is_the_largest_that_a_minimum_can_bear()
    {
        var measured = Run("depth: 5, init: residual, rate_unit: critical, steps: 1000", "learning_rate: [0.7, 1.2]", seeds: 2);
        for (var trial = 0; trial < 4; trial++)
        {
            double Of(string metric) => measured.Of(metric, 1000, trial, split: "")[0];
            var units = Of("stability_ratio") / Of("sharpness") * Of("sharpness_bound");
            Assert.True(Math.Abs(units - 0.7) < 1e-9 ? Of("solution_distance") < 1e-6 : Math.Abs(units - 1.2) < 1e-9 && Of("solution_distance") > 1e-6);
        }
    }

    private static Measured Run(string settings, string axis, int seeds) => TestPacks.Run(TestPacks.Work(
        $$"""
        experiment: sharpness
        fixed: { {{settings}} }
        grid: { {{axis}} }
        seeds: {{seeds}}
        measure: [ { at: end, metrics: [{{string.Join(", ", Metrics)}}] } ]
        """));
}
