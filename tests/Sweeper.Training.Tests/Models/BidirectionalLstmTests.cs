using Sweeper.Core.Randomness;
using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Models;

public sealed class BidirectionalLstmTests
{
    private const int Inputs = 3, Layers = 2, Hidden = 2, Classes = 4, Lanes = 2, Frames = 5;
    private static readonly int[] Lengths = [5, 2, 4];
    private readonly BidirectionalLstm model = new(Inputs, Layers, Hidden, Classes);

    /// <summary>Every sequence by itself, frame by frame and unit by unit, in plain numbers.</summary>
    [Fact]
    public void Scores_are_those_of_the_recurrence_written_out()
    {
        using var scope = NewDisposeScope();
        var (parameters, sequences) = (Parameters(), Drawn());
        var scores = model.Apply(parameters, Padded(sequences, Frames), NetworkMode.Evaluate);
        for (var lane = 0; lane < Lanes; lane++)
        {
            for (var sequence = 0; sequence < Lengths.Length; sequence++)
            {
                var expected = WrittenOut(parameters, lane, sequences[lane][sequence]);
                for (var frame = 0; frame < Frames; frame++)
                {
                    var actual = scores[lane][sequence][frame].Numbers();
                    Assert.All(
                        actual.Index(),
                        score => Assert.Equal(frame < Lengths[sequence] ? expected[frame][score.Index] : double.NaN, score.Item, 1e-13));
                }
            }
        }
    }

    [Fact]
    public void Padding_changes_nothing_of_real_frames_nor_of_the_gradient()
    {
        using var scope = NewDisposeScope();
        var (parameters, sequences) = (Parameters(), Drawn());
        var (few, more) = (Padded(sequences, Frames), Padded(sequences, Frames + 3));
        var (scores, withMore) = (model.Apply(parameters, few, NetworkMode.Train), model.Apply(parameters, more, NetworkMode.Train));
        Assert.All(scores.Numbers().Zip(withMore.narrow(2, 0, Frames).Numbers()), both => Assert.Equal(both.First, both.Second, 1e-14));

        var labels = tensor(new long[] { 0, 2, 1, 1, Sequences.NoLabel, Sequences.NoLabel, 2, 0, Sequences.NoLabel }, [1, 3, 3])
            .expand(Lanes, 3, 3);
        IModel network = model;
        double[] Gradient(Tensor inputs) =>
            network.Gradient(parameters, new Split("train", inputs, labels), new ConnectionistTemporalClassification()).Numbers();
        var gradient = Gradient(few);
        Assert.All(gradient, number => Assert.True(double.IsFinite(number)));
        Assert.All(gradient.Zip(Gradient(more)), both => Assert.Equal(both.First, both.Second, 1e-14));
    }

    [Fact]
    public void The_gradient_is_the_slope_of_the_loss()
    {
        using var scope = NewDisposeScope();
        var (parameters, inputs) = (Parameters(), Padded(Drawn(), Frames));
        var labels = tensor(new long[] { 0, 2, 1, 1, Sequences.NoLabel, Sequences.NoLabel, 2, 0, Sequences.NoLabel }, [1, 3, 3])
            .expand(Lanes, 3, 3);
        var objective = new ConnectionistTemporalClassification();
        IModel network = model;
        var gradient = network.Gradient(parameters, new Split("train", inputs, labels), objective);
        const double Step = 1e-6;
        for (var number = 0; number < model.Layout.Size; number += 7)
        {
            Tensor Loss(double moved)
            {
                var flat = parameters.Flat.clone();
                flat.select(1, number).add_(moved);
                return objective.Loss(model.Apply(new ParameterSet(model.Layout, flat), inputs, NetworkMode.Evaluate), labels);
            }

            var slope = ((Loss(Step) - Loss(-Step)) / (2 * Step)).Numbers();
            Assert.All(slope.Zip(gradient.select(1, number).Numbers()), both => Assert.Equal(both.First, both.Second, 1e-8));
        }
    }

    /// <summary>
    /// The pairs that Yunis et al. 2024 compare: 2 directions, 4 gates; within 2 layers 16, from layer to layer and to the head 32.
    /// </summary>
    [Fact]
    public void Gates_are_followed_by_what_reads_them()
    {
        var pairs = model.Layout.Pairs;
        Assert.Equal(16 + 16 + 16, pairs.Length);
        Assert.Contains(pairs, pair => pair.Name == "ih1_reverse.cell-hh1_reverse" && pair.Link.FirstInput is null);
        Assert.Contains(pairs, pair => pair.Name == "hh1.output-ih2" && pair.Link.FirstInput == 0);
        Assert.Contains(pairs, pair => pair.Name == "ih1_reverse.input-ih2_reverse" && pair.Link.FirstInput == Hidden);
        Assert.Contains(pairs, pair => pair.Name == "ih2_reverse.forget-head" && pair.Link.FirstInput == Hidden);
    }

    private static double[][] WrittenOut(ParameterSet parameters, int lane, double[][] frames)
    {
        double[][] Matrix(string name) => [.. parameters[name][lane].Numbers().Chunk((int)parameters[name].shape[2])];
        double[] Vector(string name) => parameters[name][lane].Numbers();
        for (var layer = 1; layer <= Layers; layer++)
        {
            var said = Array.ConvertAll(frames, _ => new double[2 * Hidden]);
            for (var direction = 0; direction < 2; direction++)
            {
                var end = direction == 0 ? $"{layer}" : $"{layer}_reverse";
                var (read, own) = (Matrix($"ih{end}"), Matrix($"hh{end}"));
                var (readBias, ownBias) = (Vector($"ih{end}_bias"), Vector($"hh{end}_bias"));
                double[] before = new double[Hidden], cell = new double[Hidden];
                for (var time = 0; time < frames.Length; time++)
                {
                    var frame = direction == 0 ? time : frames.Length - 1 - time;
                    var sums = Enumerable.Range(0, 4 * Hidden)
                        .Select(row =>
                            readBias[row] + ownBias[row] + Product(read[row], frames[frame]) + Product(own[row], before)).ToArray();
                    for (var unit = 0; unit < Hidden; unit++)
                    {
                        cell[unit] = Sigmoid(sums[Hidden + unit]) * cell[unit] + Sigmoid(sums[unit]) * Math.Tanh(sums[2 * Hidden + unit]);
                        said[frame][direction * Hidden + unit] = Sigmoid(sums[3 * Hidden + unit]) * Math.Tanh(cell[unit]);
                    }

                    before = said[frame][(direction * Hidden)..((direction + 1) * Hidden)];
                }
            }

            frames = said;
        }

        var (head, bias) = (Matrix("head"), Vector("head_bias"));
        return Array.ConvertAll(
            frames, frame => Enumerable.Range(0, Classes).Select(row => bias[row] + Product(head[row], frame)).ToArray());
    }

    private static double Sigmoid(double value) => 1 / (1 + Math.Exp(-value));

    private static double Product(double[] left, double[] right) => left.Zip(right, (one, other) => one * other).Sum();

    private ParameterSet Parameters() => new(model.Layout, tensor(
        Enumerable.Range(0, Lanes).SelectMany(lane => model.Layout.Initialise(lane)).ToArray(), [Lanes, model.Layout.Size]));

    /// <summary>Frames of every lane and sequence.</summary>
    private static double[][][][] Drawn() =>
    [
        .. Enumerable.Range(0, Lanes).Select(lane => Lengths.Index()
            .Select(one => RandomStreams.Data(lane, one.Index).NextGaussian(one.Item * Inputs).Chunk(Inputs).ToArray()).ToArray()),
    ];

    private static Tensor Padded(double[][][][] lanes, int frames) => tensor(
        lanes.SelectMany(lane => lane.SelectMany(sequence => sequence.SelectMany(frame => frame)
            .Concat(Enumerable.Repeat(Sequences.Padding, (frames - sequence.Length) * Inputs)))).ToArray(),
        [lanes.Length, lanes[0].Length, frames, Inputs]);
}
