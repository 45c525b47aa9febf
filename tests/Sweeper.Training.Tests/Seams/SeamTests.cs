using Sweeper.Training.Metrics;
using Xunit;

namespace Sweeper.Training.Tests.Seams;

/// <summary>Experiments unlike the ones we have, planned from a sweep file and run three steps in one pack.</summary>
public sealed class SeamTests
{
    [Fact]
    public void Gates_stay_what_they_were_drawn_and_what_is_behind_closed_ones_is_not_trained()
    {
        var measured = SeamSweep.Run(
            new FrozenGates(), SeamSweep.Of("frozen-gates", "open: [0.5, 1]", "loss, mode_strength, open_gates, unheard"));
        for (var trial = 0; trial < 4; trial++)
        {
            var open = Enumerable.Range(1, 2).Select(layer => measured.Of("open_gates", 3, trial, "", $"D{layer}")[0]).ToArray();
            Assert.Equal(open, Enumerable.Range(1, 2).Select(layer => measured.Of("open_gates", 0, trial, "", $"D{layer}")[0]));
            Assert.Equal(0, measured.Of("unheard", 3, trial, "", "W2")[0]);
            Assert.True(measured.Of("loss", 3, trial)[0] < measured.Of("loss", 0, trial)[0]);
            // A product has no more singular values than its narrowest factor.
            Assert.Equal(open.Min(), measured.Of("mode_strength", 3, trial).Count(strength => strength > 1e-12));
        }
    }

    [Fact]
    public void Weight_decay_does_not_shrink_gates()
    {
        var measured = SeamSweep.Run(new FrozenGates(), SeamSweep.Of("frozen-gates", "weight_decay: [0, 1]", "open_gates"));
        Assert.All(measured.Blocks, block => Assert.All(block.Values.ToArray(), open => Assert.Equal(Math.Round(open), open)));
    }

    [Fact]
    public void Two_heads_add_their_objectives_and_both_train_the_trunk()
    {
        var measured = SeamSweep.Run(
            new TwoHeads(), SeamSweep.Of("two-heads", "learning_rate: [0.01, 0.1]", "loss, head_loss, weight_norm"));
        for (var trial = 0; trial < 4; trial++)
        {
            foreach (var step in new[] { 0, 1, 2, 3 })
            {
                var heads = measured.Of("head_loss", step, trial, "train", "numbers")[0] + measured.Of(
                    "head_loss", step, trial, "train", "classes")[0];
                Assert.Equal(measured.Of("loss", step, trial)[0], heads, 1e-12);
            }

            Assert.True(measured.Of("loss", 3, trial)[0] < measured.Of("loss", 0, trial)[0]);
            Assert.NotEqual(measured.Of("weight_norm", 0, trial, "", "trunk"), measured.Of("weight_norm", 3, trial, "", "trunk"));
        }
    }

    /// <summary>Every metric of weights reads the layout; SeamSweep compares how many values there are with what is declared.</summary>
    [Fact]
    public void Two_heads_both_follow_their_trunk()
    {
        var metrics = WeightMetrics.All.Select(metric => metric.Name).ToArray();
        var measured = SeamSweep.Run(new TwoHeads(), SeamSweep.Of("two-heads", "learning_rate: [0.01, 0.1]", string.Join(", ", metrics)));
        Assert.Equal(["trunk-classes", "trunk-numbers"], Components("layer_alignment"));
        Assert.Equal(["classes", "numbers", "trunk"], Components("effective_rank"));
        Assert.Equal(metrics.Order(), measured.Blocks.Select(block => block.Series.Metric).Distinct().Order());

        IEnumerable<string> Components(string metric) =>
            measured.Blocks.Where(block => block.Series.Metric == metric).Select(block => block.Series.Component).Distinct().Order();
    }

    [Fact]
    public void A_mask_holds_all_but_the_largest_weights_at_zero_while_training_goes_on_from_the_early_state()
    {
        var measured = SeamSweep.Run(
            new MaskAndRewind(), SeamSweep.Of("mask-and-rewind", "keep: [0.25, 1]", "loss, weight_norm, survivors"));
        // 4 x 9 + 9 x 9 weights are masked, 9 x 2 of the last matrix are not.
        Assert.Equal(Math.Floor(0.25 * 117), Survivors(5, 0, "W1") + Survivors(5, 0, "W2"));
        Assert.Equal(Math.Floor(0.25 * 117), Survivors(3, 0, "W1") + Survivors(3, 0, "W2"));
        Assert.Equal(117, Survivors(2, 0, "W1") + Survivors(2, 0, "W2"));
        Assert.Equal(18, Survivors(5, 0, "W3"));
        Assert.NotEqual(measured.Of("loss", 5, 0), measured.Of("loss", 3, 0));

        double Survivors(long step, int trial, string component) => measured.Of("survivors", step, trial, "", component)[0];
    }

    /// <summary>With everything kept, the second way is the first one: step 1 is met again at 3, step 2 at 4.</summary>
    [Fact]
    public void Rewinding_takes_back_parameters_optimizer_order_and_learning_rate()
    {
        var measured = SeamSweep.Run(
            new MaskAndRewind(), SeamSweep.Of("mask-and-rewind", "keep: [0.25, 1]", "loss, weight_norm, survivors"));
        for (var trial = 1; trial < 4; trial += 2)
        {
            Assert.Equal(measured.Of("loss", 1, trial), measured.Of("loss", 3, trial));
            Assert.Equal(measured.Of("loss", 2, trial), measured.Of("loss", 4, trial));
            Assert.Equal(measured.Of("weight_norm", 2, trial, "", "W2"), measured.Of("weight_norm", 4, trial, "", "W2"));
        }
    }

    [Fact]
    public void A_mask_does_not_leak_into_other_lanes()
    {
        var masked = SeamSweep.Run(new MaskAndRewind(), SeamSweep.Of("mask-and-rewind", "keep: [0.05, 1]", "loss"));
        var free = SeamSweep.Run(new MaskAndRewind(), SeamSweep.Of("mask-and-rewind", "keep: [0.9999, 1]", "loss"));
        for (var step = 0; step <= 5; step++)
        {
            Assert.Equal(free.Of("loss", step, 1), masked.Of("loss", step, 1));
            Assert.Equal(free.Of("loss", step, 3), masked.Of("loss", step, 3));
        }

        Assert.NotEqual(free.Of("loss", 5, 0), masked.Of("loss", 5, 0));
    }

    /// <summary>The product of all singular values is the absolute determinant, which is multiplicative.</summary>
    [Fact]
    public void Singular_values_of_a_growing_product_follow_the_determinants_of_its_factors()
    {
        var measured = SeamSweep.Run(
            new MatrixProducts(), SeamSweep.Of("matrix-products", "sigma: [0.5, 2]", "singular_values, stable_rank"));
        double[] sigma = [0.5, 2];
        for (var trial = 0; trial < 4; trial++)
        {
            var expected = 0.0;
            for (var step = 0; step <= 3; step++)
            {
                Assert.Equal(expected, measured.Of("singular_values", step, trial, "", "W1").Sum(Math.Log), 1e-10);
                expected += Math.Log(Math.Abs(Determinant(MatrixProducts.Factor(trial / 2, step, sigma[trial % 2]))));
            }
        }
    }

    /// <summary>By Gaussian elimination; row-major.</summary>
    private static double Determinant(double[] entries)
    {
        var (n, determinant) = ((int)Math.Sqrt(entries.Length), 1.0);
        for (var pivot = 0; pivot < n; pivot++)
        {
            determinant *= entries[pivot * n + pivot];
            for (var row = pivot + 1; row < n; row++)
            {
                var factor = entries[row * n + pivot] / entries[pivot * n + pivot];
                for (var column = pivot; column < n; column++)
                {
                    entries[row * n + column] -= factor * entries[pivot * n + column];
                }
            }
        }

        return determinant;
    }
}
