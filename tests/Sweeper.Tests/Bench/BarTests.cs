using Sweeper.Bench.Measuring;
using Sweeper.Bench.Peers;
using Sweeper.Bench.Results;
using Sweeper.Benchmarks;
using Xunit;

namespace Sweeper.Tests.Bench;

/// <summary>The arithmetic of `tools/bench`.</summary>
public sealed class BarTests
{
    private static readonly PeerAbout Fast = new("1.13", "OpenBLAS 0.3.21", 1, "AVX2"), Slow = Fast with { Blas = "reference" };

    [Fact]
    public void A_spread_has_the_middle_one_or_the_mean_of_the_two_in_the_middle()
    {
        Assert.Equal(new Spread(3, 1, 9), Spread.Of([9, 1, 3]));
        Assert.Equal(new Spread(4, 1, 9), Spread.Of([9, 1, 5, 3]));
    }

    /// <summary>A machine that is three times slower in one round is so for both sides.</summary>
    [Fact]
    public void A_ratio_is_taken_round_by_round_and_of_medians_where_rounds_do_not_match()
    {
        var row = Row(new Series("theirs", "us", [10, 30, 12]), new Series("ours", "us", [1, 3, 1]), new Series("once", "us", [8]));
        Assert.Equal(10, row.Ratio("theirs", "ours"));
        Assert.Equal(8, row.Ratio("once", "ours"));
        Assert.Null(row.Ratio("theirs", "nobody's"));
    }

    [Fact]
    public void The_share_of_the_multiply_add_rate_is_operations_over_time_over_rate()
    {
        var row = Row(
            new Series("ours", "us a lane-step", [10, 20]), new Series(Machine.Rate, "GFLOP/s", [100, 50])) with { Operations = 811_008 };
        Assert.Equal(0.811008, row.ShareOfRate("ours")!.Value, 12);
    }

    [Fact]
    public void Operations_are_three_products_a_layer_but_for_the_first()
    {
        Assert.Equal(2 * 256 * 144 * (2 + 3 + 3 + 3), TrainingShape.Student(12, examples: 256, lanes: 1, steps: 1).Operations);
        Assert.Equal(
            2 * 100 * (2 * 64 * 96 + 3 * (96 * 96 + 96 * 96 + 96 * 10)), TrainingShape.Classifier(
                64, width: 96, depth: 4, lanes: 1, steps: 1).Operations);
        // Every one of 8 x 14 x 14 pixels takes 9 multiplications, every one of 16 x 7 x 7 takes 9 for each of 8 channels.
        Assert.Equal(
            2 * 512 * (2 * 1568 * 9 + 3 * (784 * 72 + 784 * 5)), TrainingShape.Encoder(examples: 512, lanes: 1, steps: 1).Operations);
    }

    [Fact]
    public void A_row_is_void_where_a_peer_has_the_reference_BLAS_or_losses_differ()
    {
        Assert.Null(VoidRule.Reason([Fast], 1e-3));
        Assert.Contains("libopenblas0-pthread", VoidRule.Reason([Fast, Slow], 0), StringComparison.Ordinal);
        Assert.Contains("final losses differ by 2.0e-3", VoidRule.Reason([Fast], 2e-3), StringComparison.Ordinal);
        Assert.NotNull(VoidRule.Reason([Fast], double.NaN));
    }

    [Fact]
    public void Losses_differ_by_the_largest_relative_difference_and_a_loss_that_is_no_number_differs_from_all()
    {
        Assert.Equal(0.5, VoidRule.Difference([(1, 1), (1, 2), (2.5, 2)]), 12);
        Assert.True(double.IsNaN(VoidRule.Difference([(1, 1), (double.NaN, 2), (1, 1)])));
    }

    [Fact]
    public void A_bar_is_met_at_its_limit_and_missed_beyond_it_where_nothing_was_measured_and_where_the_row_is_void()
    {
        var row = Row(new Series("theirs", "us", [30]), new Series("ours", "us", [1]));
        Assert.True(Bar.Times("", 30, one => one.Ratio("theirs", "ours")).Of(row).IsMet);
        Assert.False(Bar.Times("", 30.1, one => one.Ratio("theirs", "ours")).Of(row).IsMet);
        Assert.True(new Bar("", 30, AtLeast: false, "times", one => one.Ratio("theirs", "ours")).Of(row).IsMet);
        Assert.False(new Bar("", 29.9, AtLeast: false, "times", one => one.Ratio("theirs", "ours")).Of(row).IsMet);
        Assert.Equal((false, "not measured"), Outcome(Bar.Times("", 1, one => one.Ratio("theirs", "nobody's")).Of(row)));
        Assert.Equal((false, "void: why"), Outcome(Bar.Times("", 1, one => one.Ratio("theirs", "ours")).Of(row with { Void = "why" })));
    }

    private static (bool IsMet, string Measured) Outcome(Verdict verdict) => (verdict.IsMet, verdict.Measured);

    private static RowResult Row(params ReadOnlySpan<Series> series) => new("row", "commit", "machine", [.. series]);
}
