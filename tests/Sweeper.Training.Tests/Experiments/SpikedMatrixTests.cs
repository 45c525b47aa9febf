using Xunit;

namespace Sweeper.Training.Tests.Experiments;

public class SpikedMatrixTests
{
    [Fact]
    public void Without_noise_the_matrix_has_the_spectrum_and_the_vectors_of_its_signal()
    {
        var measured = Run("spectrum: [2, 0, 3], inputs: 8, outputs: 5, noise: 0", seeds: 16);
        for (var trial = 0; trial < 2; trial++)
        {
            Assert.All(
                measured.Of("singular_values", 0, trial, split: "", component: "W1").Zip([3.0, 2, 0, 0, 0]),
                pair => Assert.Equal(pair.Second, pair.First, 1e-12));
            foreach (var metric in (string[])["signal_overlap", "signal_overlap_left", "signal_overlap_right"])
            {
                var overlaps = measured.Of(metric, 0, trial, split: "");
                Assert.Equal(3, overlaps.Length);
                Assert.Equal(1, overlaps[0], 1e-12);
                Assert.Equal(1, overlaps[1], 1e-12);
                Assert.Equal(double.NaN, overlaps[2]);
            }
        }
    }

    [Fact]
    public void Noise_takes_what_the_theory_of_spiked_matrices_says()
    {
        // A = 1/2: sh = sqrt((1 + s^2)(A + s^2)) / s and |u.uh|^2 = 1 - A (1 + s^2) / (s^2 (A + s^2)), |v.vh|^2 = 1 - (A + s^2) / (s^2 (1 +
        // s^2)). At s = 3: 3.249, .9705, .9459; fluctuations are about 1 / sqrt(inputs), over the root of 16 seeds.
        var measured = Run("spectrum: [3], inputs: 200, outputs: 100", seeds: 16);
        double Mean(string metric, string component = "") =>
            Enumerable.Range(0, 16).Average(trial => measured.Of(metric, 0, trial, split: "", component: component)[0]);
        Assert.Equal(3.2489, Mean("singular_values", "W1"), 0.05);
        Assert.Equal(0.9705, Mean("signal_overlap_left"), 0.01);
        Assert.Equal(0.9465, Mean("signal_overlap_right"), 0.01);
        Assert.Equal(0.9705 * 0.9465, Mean("signal_overlap"), 0.015);
    }

    [Fact]
    public void A_randomised_matrix_has_the_power_and_no_outlier()
    {
        // Mean square of an entry: (30^2 + 20^2 + 10^2) / (100 * 50) + 1 / 100, that is 5.385^2 / 100; bulk within 5.385 (1 +- sqrt(1/2)).
        var values = Run("spectrum: [30, 20, 10], inputs: 100, outputs: 50, targets: randomised", seeds: 1).Of("singular_values", 0, 0, split: "", component: "W1");
        Assert.All(values, value => Assert.InRange(value, 1.577 - 0.5, 9.193 + 0.5));
        Assert.Equal(1, values.Sum(value => value * value) / (50 * 5.385 * 5.385), 0.1);
    }

    private static Measured Run(string settings, int seeds) => TestPacks.Run(TestPacks.Work(
        $$"""
        experiment: spiked-matrix
        fixed: { {{settings}} }
        seeds: {{seeds}}
        measure: [ { at: end, metrics: [singular_values, signal_overlap, signal_overlap_left, signal_overlap_right] } ]
        """));
}
