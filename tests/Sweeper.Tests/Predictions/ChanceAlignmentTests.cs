using Sweeper.Core.Ports;
using Sweeper.Core.Randomness;
using Sweeper.Theory;
using Xunit;

namespace Sweeper.Tests.Predictions;

public class ChanceAlignmentTests
{
    private const string Yaml = """
        experiment: teacher-student
        fixed: { steps: 40, train_examples: 20, validation_examples: 15 }
        measure: [ { at: [0, 40], metrics: [alignment_left, alignment_right] }, { at: end, metrics: [alignment_per_example, loss] } ]
        """;

    /// <summary>
    /// 1, 2 / pi and 1 / 2 by elementary integrals; the others are those of the teacher-student catalogue, 4.2, to its digits.
    /// </summary>
    [Theory]
    [InlineData(1, 1, 1e-14)]
    [InlineData(2, 2 / Math.PI, 1e-14)]
    [InlineData(3, 0.5, 1e-14)]
    [InlineData(7, 0.3125, 1e-14)]
    [InlineData(12, 0.2352, 5e-5)]
    public void The_mean_cosine_of_random_directions_is_known(int dimensions, double expected, double precision) =>
        Assert.Equal(expected, ChanceAlignment.Of(dimensions), precision);

    [Fact]
    public void It_is_what_sampling_gives()
    {
        const int dimensions = 5, samples = 20_000;
        var draws = new double[dimensions * samples];
        RandomStreams.Data(1, 0).FillGaussian(draws);
        var mean = draws.Chunk(dimensions).Average(direction => Math.Abs(direction[0]) / Math.Sqrt(direction.Sum(value => value * value)));
        // |cosine| in 5 dimensions has a standard deviation of 0.25.
        Assert.InRange(mean, ChanceAlignment.Of(dimensions) - 4 * 0.25 / Math.Sqrt(samples), ChanceAlignment.Of(dimensions) + 4 * 0.25 / Math.Sqrt(samples));
    }

    [Fact]
    public void Modes_that_the_teacher_lacks_have_the_dimensions_that_its_own_leave()
    {
        var predicted = Predict("teacher_spectrum=[3, 2, 0]");
        Assert.Equal(2 * 2 * 2 + 2 * 12, predicted.Count);
        foreach (var prediction in predicted.Where(prediction => prediction.Series.Component.Length == 0))
        {
            Assert.Equal(
                [.. Enumerable.Repeat(ChanceAlignment.Of(12), 2), .. Enumerable.Repeat(ChanceAlignment.Of(10), 10)], prediction.Values);
        }

        Assert.Equal(Enumerable.Repeat(ChanceAlignment.Of(10), 15), predicted.Single(prediction => prediction.Series is { Component: "mode2", Split: "validation" }).Values);
    }

    [Fact]
    public void Left_and_right_modes_have_dimensions_of_their_own()
    {
        var predicted = Predict("outputs=5");
        Assert.All(predicted.Where(prediction => prediction.Series.Metric == "alignment_left"), one => Assert.Equal(Enumerable.Repeat(ChanceAlignment.Of(5), 5), one.Values));
        Assert.All(predicted.Where(prediction => prediction.Series.Metric == "alignment_right"), one => Assert.Equal(Enumerable.Repeat(ChanceAlignment.Of(12), 5), one.Values));
    }

    [Fact]
    public void A_residual_teacher_lacks_no_mode() =>
        Assert.All(Predict("residual_teacher=true"), one => Assert.All(one.Values, value => Assert.Equal(ChanceAlignment.Of(12), value)));

    [Fact]
    public void Nothing_is_predicted_where_outputs_are_not_alike() => Assert.Empty(Predict("teacher_output_activation=true"));

    [Fact]
    public void Theories_together_say_what_the_right_one_says()
    {
        var together = new Theories(new AlignedModes(), new ChanceAlignment());
        Assert.Equal("chance", together.LabelOf("alignment_left")?.Name);
        Assert.Equal("aligned theory", together.LabelOf("mode_strength")?.Name);
        Assert.Null(together.LabelOf("loss"));
        Assert.NotEqual(new Theories(new AlignedModes()).Version, together.Version);
        Assert.Equal([50, 40, 30, 20, 10], together.TeacherLevels(Predicted.Plan(Yaml, "teacher=linear").PointAt(0), "mode_strength"));
        Assert.Equal(Predict("noise=1").Count, Predicted.By(together, Yaml, "noise=1").Count);
    }

    private static List<Prediction> Predict(string set) => Predicted.By(new ChanceAlignment(), Yaml, set);
}
