using Sweeper.Core.Errors;
using Sweeper.Training.Experiments;
using Sweeper.Training.Tests.Seams;
using Xunit;

namespace Sweeper.Training.Tests.Experiments;

/// <summary>The laws of masks and rewinding, on two seeds of a small classifier; the third step of an epoch sees fewer examples.</summary>
public sealed class MaskTests
{
    private const int Steps = 9, Rewind = 3, End = 2 * Steps - Rewind, Trials = 2;
    private const int Unmasked = 0, Magnitude = 1, Random = 2;

    /// <summary>Weights of the matrices that are masked, 4 x 6 and 6 x 6.</summary>
    private const int Pruned = 24 + 36;

    [Theory, InlineData("own"), InlineData("trunk")]
    public void The_unmasked_network_repeats_its_training_to_the_bit(string order)
    {
        var measured = Run($"mask: both, branch_order: {order}");
        var plain = Run("mask: none");
        for (var trial = 0; trial < Trials; trial++)
        {
            for (var step = 0; step <= End; step++)
            {
                var before = step < Steps ? step : step - Steps + Rewind;
                Assert.Equal(State(plain, before, trial), State(measured, step, trial));
            }
        }
    }

    [Fact]
    public void Before_they_are_masked_all_networks_of_a_trial_are_one()
    {
        var measured = Run("mask: both");
        for (var step = 0; step < Steps; step++)
        {
            Assert.Equal(State(measured, step, 0), State(measured, step, 0, Magnitude));
            Assert.Equal(State(measured, step, 0), State(measured, step, 0, Random));
        }
    }

    [Fact]
    public void A_mask_that_keeps_all_changes_nothing_but_the_order_where_it_is_their_own()
    {
        var same = Run("mask: both, keep: 1, branch_order: trunk");
        var own = Run("mask: both, keep: 1");
        for (var trial = 0; trial < Trials; trial++)
        {
            for (var step = 0; step <= End; step++)
            {
                Assert.Equal(State(same, step, trial), State(same, step, trial, Magnitude));
                Assert.Equal(State(same, step, trial), State(same, step, trial, Random));
                Assert.Equal(step <= Steps, State(own, step, trial).SequenceEqual(State(own, step, trial, Magnitude)));
            }

            Assert.All(same.Of("mask_agreement", End, trial, "", "0-1"), agreement => Assert.Equal(1, agreement, 1e-12));
            Assert.All(same.Of("branch_agreement_diagonal", End, trial, "", "0-2 W2"), agreement => Assert.Equal(1, agreement, 1e-12));
        }
    }

    [Theory, InlineData(0.25), InlineData(0.5)]
    public void Both_masks_keep_so_many_weights_equally_many_of_each_matrix_and_hold_the_others_at_zero(double keep)
    {
        var measured = Run($"mask: both, keep: {keep}, weight_decay: 0.01");
        for (var trial = 0; trial < Trials; trial++)
        {
            for (var step = Steps; step <= End; step++)
            {
                Assert.Equal(Math.Floor(keep * Pruned), 24 * Density("W1", Magnitude) + 36 * Density("W2", Magnitude), 1e-9);
                Assert.All(["W1", "W2"], matrix => Assert.Equal(Density(matrix, Magnitude), Density(matrix, Random)));
                Assert.All([Density("W3", Magnitude), Density("W3", Random), Density("W1", Unmasked)], density => Assert.Equal(1, density));

                double Density(string matrix, int member) => measured.Of("density", step, trial, "", matrix, member)[0];
            }

            Assert.NotEqual(State(measured, Steps, trial, Magnitude), State(measured, Steps, trial, Random));
        }
    }

    [Fact]
    public void One_mask_is_trained_as_it_is_beside_the_other()
    {
        var both = Run("mask: both, branch_order: trunk");
        var (magnitude, random) = (Run("mask: magnitude, branch_order: trunk"), Run("mask: random, branch_order: trunk"));
        Assert.Equal(State(both, End, 1, Magnitude), State(magnitude, End, 1, 1));
        Assert.Equal(State(both, End, 1, Random), State(random, End, 1, 1));
    }

    [Fact]
    public void A_fixed_mask_seed_gives_every_trial_the_same_places()
    {
        var drawn = Run("mask: random, init_seed: 0, data_seed: 0, order_seed: 0, branch_order: trunk");
        var held = Run("mask: random, init_seed: 0, data_seed: 0, order_seed: 0, branch_order: trunk, mask_seed: 7");
        Assert.NotEqual(State(drawn, End, 0, 1), State(drawn, End, 1, 1));
        Assert.Equal(State(held, End, 0, 1), State(held, End, 1, 1));
    }

    /// <summary>Kernels are masked as weights are, and statistics of batch norm are computed anew for masked networks.</summary>
    [Fact]
    public void Convolutions_are_masked_too()
    {
        var measured = SeamSweep.Run(
            new ConvClassifier(),
            """
            sweep: masks
            experiment: conv-classifier
            fixed: {
              train_examples: 20, validation_examples: 8, batch: 8, steps: 4, dtype: float64,
              rewind_step: 3, mask: both, keep: 0.125, branch_order: trunk }
            measure: [ { at: { every: 1 }, metrics: [loss, weight_norm, density] } ]
            """);
        // Convolutions of 3 x 3 from 3 to 16, 16, 32, 32, 64 and 64 channels: 71,856 weights.
        int[] sizes = [3 * 16, 16 * 16, 16 * 32, 32 * 32, 32 * 64, 64 * 64];
        foreach (var member in new[] { Magnitude, Random })
        {
            double[] densities = [.. Enumerable.Range(1, 6).Select(layer => measured.Of("density", 5, 0, "", $"W{layer}", member)[0])];
            Assert.Equal(0.125 * 9 * sizes.Sum(), densities.Zip(sizes, (density, size) => 9 * size * density).Sum(), 1e-6);
            Assert.NotEqual(measured.Of("loss", 4, 0, "validation"), measured.Of("loss", 4, 0, "validation", member: member));
        }

        // The weights of the unmasked network are back; its statistics were computed anew with those of the others.
        Assert.Equal(measured.Of("weight_norm", 3, 0, "", "W2"), measured.Of("weight_norm", 4, 0, "", "W2"));
        Assert.Equal(measured.Of("density", 4, 0, "", "W3", Magnitude), measured.Of("density", 5, 0, "", "W3", Random));
    }

    [Theory]
    [InlineData("mask: both, branches: 2, split_step: 1", "mask goes without branches")]
    [InlineData("mask: both, rewind_step: 10", "rewind_step must be at most steps")]
    [InlineData("mask: both, rewind_step: 4", "rewind_step must be the end of an epoch")]
    public void Contradictions_are_refused(string settings, string expected) =>
        Assert.Contains(expected, Assert.Throws<SweepException>(() => Run(settings)).Message, StringComparison.Ordinal);

    private static Measured Run(string settings)
    {
        var end = settings.Contains("mask: none", StringComparison.Ordinal) ? Steps : End;
        var metrics = end == Steps ? "loss, weight_norm" : "loss, weight_norm, density, mask_agreement, branch_agreement_diagonal";
        var rewind = settings.Contains("rewind_step", StringComparison.Ordinal) ? "" : $"rewind_step: {Rewind}, ";
        return SeamSweep.Run(
            new MlpClassifier(),
            $$"""
            sweep: masks
            experiment: mlp-classifier
            fixed: {
              depth: 3, width: 6, inputs: 4, classes: 3, train_examples: 20, validation_examples: 8, batch: 8,
              steps: {{Steps}}, {{rewind}}{{settings}} }
            seeds: {{Trials}}
            measure: [ { at: { every: 1 }, metrics: [{{metrics}}] } ]
            """);
    }

    /// <summary>Numbers that tell two networks apart.</summary>
    private static double[] State(Measured measured, int step, int trial, int member = Unmasked) =>
    [
        .. measured.Of("loss", step, trial, "train", member: member), .. measured.Of("loss", step, trial, "validation", member: member),
        .. Enumerable.Range(1, 3).SelectMany(layer => measured.Of("weight_norm", step, trial, "", $"W{layer}", member)),
    ];
}
