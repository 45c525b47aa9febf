using Sweeper.Core.Experiments;
using Sweeper.Core.Measurements;
using Xunit;

namespace Sweeper.Tests.Measurements;

public class ReductionTests
{
    [Theory]
    [InlineData("final", "final", "loss at the end")]
    [InlineData("min", "minimum", "smallest loss")]
    [InlineData("minimum", "minimum", "smallest loss")]
    [InlineData("max", "maximum", "largest loss")]
    [InlineData("argmin_step", "argmin_step", "step of the smallest loss")]
    [InlineData("argmax_step", "argmax_step", "step of the largest loss")]
    [InlineData("1000", "step=1000", "loss at step 1000")]
    [InlineData("step=0", "step=0", "loss at step 0")]
    [InlineData("crossing(1e-1)", "crossing(0.1)", "first step at which loss crosses 0.1")]
    [InlineData("crossing(-2)", "crossing(-2)", "first step at which loss crosses -2")]
    public void A_reduction_is_read_written_and_described(string text, string written, string described)
    {
        var reduction = Reduction.Parse(text)!;
        Assert.Equal((written, described), (reduction.ToString(), reduction.Describe("loss")));
        Assert.Equal(reduction, Reduction.Parse(written));
    }

    [Theory]
    [InlineData("")]
    [InlineData("best")]
    [InlineData("step=")]
    [InlineData("step=-1")]
    [InlineData("-1")]
    [InlineData("crossing")]
    [InlineData("crossing()")]
    [InlineData("crossing(NaN)")]
    [InlineData("crossing(1e999)")]
    public void Anything_else_is_none(string text) => Assert.Null(Reduction.Parse(text));

    [Theory]
    [InlineData("final", MetricDirection.None, false)]
    [InlineData("final", MetricDirection.Higher, true)]
    [InlineData("step=5", MetricDirection.Higher, true)]
    [InlineData("maximum", MetricDirection.None, true)]
    [InlineData("maximum", MetricDirection.Lower, false)]
    [InlineData("minimum", MetricDirection.Higher, true)]
    [InlineData("argmin_step", MetricDirection.Higher, false)]
    public void The_metric_decides_which_numbers_are_the_best_and_else_the_reduction(
        string text, MetricDirection better, bool largestFirst) =>
        Assert.Equal(largestFirst, Reduction.Parse(text)!.LargestFirst(better));
}
