using Sweeper.Core.Randomness;
using Sweeper.Training.Data;
using Sweeper.Training.Metrics;
using Sweeper.Training.Objectives;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Objectives;

public sealed class ConnectionistTemporalClassificationTests
{
    private const int Frames = 5, Classes = 3;
    private static readonly (int Length, long[] Labels)[] Sequence = [(5, [0, 1]), (4, [1, 1]), (3, [0]), (3, [0, 1, 0])];

    /// <summary>Every way in which frames can say something is tried, and those that spell the labels are summed.</summary>
    [Fact]
    public void The_loss_sums_over_all_alignments()
    {
        using var scope = NewDisposeScope();
        var (scores, labels) = (Scores(lanes: 2), Labels(lanes: 2));
        var losses = new ConnectionistTemporalClassification().Loss(scores, labels).Numbers();
        for (var lane = 0; lane < 2; lane++)
        {
            var expected = Sequence.Index().Average(one =>
            {
                var frames = Enumerable.Range(0, one.Item.Length)
                    .Select(frame => Softmax(scores[lane][one.Index][frame].Numbers())).ToArray();
                return -Math.Log(Probability(frames, one.Item.Labels)) / one.Item.Labels.Length;
            });
            Assert.Equal(expected, losses[lane], 1e-12);
        }
    }

    [Fact]
    public void Too_few_frames_for_the_labels_or_none_at_all_are_an_infinite_loss()
    {
        using var scope = NewDisposeScope();
        var objective = new ConnectionistTemporalClassification();
        // The same label twice needs a frame between that says nothing.
        var twice = tensor(new long[] { 1, 1 }, [1, 1, 2]);
        Assert.Equal(double.PositiveInfinity, objective.Loss(zeros(1, 1, 2, Classes, ScalarType.Float64), twice).Number());
        Assert.Equal(double.PositiveInfinity, objective.Loss(full([1, 1, 4, Classes], double.NaN, ScalarType.Float64), twice).Number());
    }

    /// <summary>Classes of frames: 0 says nothing, 1 and 2 are the labels 0 and 1.</summary>
    [Theory]
    [InlineData(new[] { 0, 1, 1, 0, 2, 2 }, new long[] { 0, 1 }, 0)]
    [InlineData(new[] { 1, 0, 1, 1, 2, 0 }, new long[] { 0, 1 }, 1)]
    [InlineData(new[] { 0, 0, 0, 0, 0, 0 }, new long[] { 0, 1 }, 2)]
    [InlineData(new[] { 2, 2, 1, 1, 0, 0 }, new long[] { 0, 1 }, 2)]
    [InlineData(new[] { 2, 0, 1, 2, 1, 2 }, new long[] { 0, 1 }, 3)]
    public void The_error_rate_counts_edits_of_what_is_said(int[] said, long[] meant, int edits)
    {
        using var scope = NewDisposeScope();
        var scores = new double[said.Length * Classes];
        foreach (var (frame, ofFrame) in said.Index())
        {
            scores[(frame * Classes) + ofFrame] = 1;
        }

        // Beside it an example that is shorter and right, so that rates are of all labels together.
        var both = stack([tensor(scores, [1, said.Length, Classes]), Right(said.Length)], 1);
        var labels = tensor([.. meant, 1, Sequences.NoLabel], [1, 2, 2]);
        Assert.Equal(edits / 3.0, SequenceMetrics.Rate(both, labels).Number(), 1e-15);

        static Tensor Right(int frames)
        {
            var padded = full([1, frames, Classes], double.NaN, ScalarType.Float64);
            padded[0, 0] = tensor(new double[] { 0, 0, 1 });
            return padded;
        }
    }

    private static double Probability(double[][] frames, long[] labels)
    {
        var sum = 0.0;
        var ways = (int)Math.Pow(Classes, frames.Length);
        for (var way = 0; way < ways; way++)
        {
            var said = Enumerable.Range(0, frames.Length).Select(frame => way / (int)Math.Pow(Classes, frame) % Classes).ToArray();
            if (Spelt(said).SequenceEqual(labels))
            {
                sum += said.Index().Aggregate(1.0, (product, one) => product * frames[one.Index][one.Item]);
            }
        }

        return sum;
    }

    private static long[] Spelt(int[] said) =>
        [.. said.Where((ofFrame, frame) => ofFrame > 0 && (frame == 0 || said[frame - 1] != ofFrame)).Select(ofFrame => ofFrame - 1L)];

    private static double[] Softmax(double[] scores)
    {
        var sum = scores.Sum(Math.Exp);
        return Array.ConvertAll(scores, score => Math.Exp(score) / sum);
    }

    private static Tensor Scores(int lanes) => tensor(
        Enumerable.Range(0, lanes).SelectMany(lane => Sequence.Index().SelectMany(one =>
            RandomStreams.Data(lane, one.Index).NextGaussian(one.Item.Length * Classes)
                .Concat(Enumerable.Repeat(Sequences.Padding, (Frames - one.Item.Length) * Classes)))).ToArray(),
        [lanes, Sequence.Length, Frames, Classes]);

    private static Tensor Labels(int lanes) => tensor(
        Sequence.SelectMany(one => one.Labels.Concat(Enumerable.Repeat(Sequences.NoLabel, 3 - one.Labels.Length))).ToArray(),
        [1, Sequence.Length, 3]).expand(lanes, Sequence.Length, 3);
}
