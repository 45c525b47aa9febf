using Sweeper.Core.Randomness;
using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Quantities;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Models;

public sealed class ConvolutionalClassifierTests : TensorTest
{
    private const int Colours = 2, Side = 6, Classes = 4, Lanes = 3, Examples = 5;
    private static readonly int[] Channels = [3, 4, 5];
    private readonly ConvolutionalClassifier model = new(Colours, Side, [[3, 4], [5]], Classes);

    /// <summary>By the definitions of convolution, batch norm and pooling, pixel by pixel.</summary>
    [Fact]
    public void Every_lane_is_convolutions_with_batch_norm_a_maximum_between_blocks_and_a_matrix_of_means()
    {
        var (parameters, inputs) = (Parameters(Lanes), Pictures(Lanes, Examples));
        var outputs = model.Apply(parameters, inputs, NetworkMode.Evaluate);
        Assert.Equal([Lanes, Examples, Classes], outputs.shape);
        for (var lane = 0; lane < Lanes; lane++)
        {
            var (values, channels, side) = (inputs[lane, 1].Numbers(), Colours, Side);
            for (var layer = 0; layer < Channels.Length; layer++)
            {
                if (layer == 2)
                {
                    (values, side) = (Largest(values, channels, side), side / 2);
                }

                double[] Of(string parameter) => parameters[$"{parameter}{layer + 1}"][lane].Numbers();
                values = Layer(values, channels, side, Of("W"), Of("b"), Of("g"), Of("h"), Of("rm"), Of("rv"));
                channels = Channels[layer];
            }

            double[] means = [.. values.Chunk(side * side).Select(pixels => pixels.Average())];
            for (var output = 0; output < Classes; output++)
            {
                var row = parameters["W4"][lane, output].Numbers();
                var expected = parameters["b4"][lane, output].Number() + row.Zip(means, (weight, mean) => weight * mean).Sum();
                Assert.Equal(expected, outputs[lane, 1, output].Number(), 1e-12);
            }
        }
    }

    [Theory, InlineData(NetworkMode.Train), InlineData(NetworkMode.Recalibrate), InlineData(NetworkMode.Evaluate)]
    public void Lanes_do_not_meet_in_outputs_or_statistics(object mode)
    {
        var (together, inputs) = (Parameters(Lanes), Pictures(Lanes, Examples));
        var alone = Enumerable.Range(0, Lanes)
            .Select(lane => new ParameterSet(model.Layout, together.Flat.narrow(0, lane, 1).clone())).ToArray();
        var outputs = model.Apply(together, inputs, (NetworkMode)mode);
        for (var lane = 0; lane < Lanes; lane++)
        {
            var own = model.Apply(alone[lane], inputs.narrow(0, lane, 1), (NetworkMode)mode);
            Assert.True((outputs[lane] - own[0]).abs().max().Number() < 1e-13);
            Assert.True((together.Flat[lane] - alone[lane].Flat[0]).abs().max().Number() < 1e-14);
        }
    }

    [Fact]
    public void Many_examples_are_evaluated_in_parts_and_trained_on_together()
    {
        const int Many = ConvolutionalClassifier.ExamplesAtOnce + 3;
        var (parameters, inputs) = (Parameters(1), Pictures(1, Many));
        var outputs = Outputs.Of(model, parameters, inputs);
        var last = model.Apply(parameters, inputs.narrow(1, Many - 2, 2), NetworkMode.Evaluate);
        Assert.True((outputs.narrow(1, Many - 2, 2) - last).abs().max().Number() < 1e-13);
        model.Apply(parameters, inputs, NetworkMode.Recalibrate);
        var sums = nn.functional.conv2d(
            inputs[0].view(Many, Colours, Side, Side), parameters["W1"][0], parameters["b1"][0],
            padding: [1, 1]).transpose(0, 1).flatten(1);
        Assert.True((parameters["rm1"][0] - sums.mean([1L])).abs().max().Number() < 1e-14);
        Assert.True((parameters["rv1"][0] - sums.var([1L], unbiased: true)).abs().max().Number() < 1e-12);
    }

    /// <summary>The network of Yunis et al. (2024), table of models: 14,728,266 parameters, 14,710,464 of them in kernels.</summary>
    [Fact]
    public void The_layout_has_the_parameters_of_the_paper_and_flattened_kernels_that_meet_at_their_centres()
    {
        var layout = ConvolutionalClassifier.LayoutOf(3, [[64, 64], [128, 128], [256, 256, 256], [512, 512, 512], [512, 512, 512]], 10);
        Assert.Equal(14_728_266, layout.TrainedSize);
        Assert.Equal(14_710_464, layout.BodyWeights.Sum(weight => weight.Size));
        Assert.Equal(2 * 4224, layout.Size - layout.TrainedSize);
        Assert.Equal(13, layout.Pairs.Length);
        Assert.Equal((512, 4608, 4), (layout.Weights[12].Outputs, layout.Weights[12].Columns, layout.Weights[12].CentreTap));
        Assert.Equal((10, 512, 1), (layout.Weights[13].Outputs, layout.Weights[13].Columns, layout.Weights[13].Taps));
    }

    [Fact]
    public void Without_noise_pictures_of_a_class_are_one_template_shifted_on_a_torus()
    {
        const int Many = 60, Most = 2;
        var (still, labels) = ShiftedTemplates.Draw(Many, 0, 0, seed: 3);
        var (moving, same) = ShiftedTemplates.Draw(Many, Most, 0, seed: 3);
        Assert.Equal(labels, same);
        var shifts = new HashSet<(int, int)>();
        for (var example = 0; example < Many; example++)
        {
            Assert.Equal(Picture(still, Array.IndexOf(labels, labels[example])), Picture(still, example));
            var at = from down in Enumerable.Range(-Most, 2 * Most + 1)
                     from right in Enumerable.Range(-Most, 2 * Most + 1)
                     where Shifted(Picture(still, example), down, right).SequenceEqual(Picture(moving, example))
                     select (down, right);
            shifts.Add(Assert.Single(at));
        }

        // Of 25 places, each is missed by 60 pictures with probability (24/25)^60 = 0.086.
        Assert.InRange(shifts.Count, 18, 25);
        var noise = ShiftedTemplates.Draw(Many, Most, 0.5, seed: 3).Pictures.Zip(moving, (noisy, clean) => noisy - clean).ToArray();
        // 46,080 numbers: the mean has a standard deviation of 0.0023, that of the squares 0.0017.
        Assert.Equal(0, noise.Average(), 0.01);
        Assert.Equal(0.25, noise.Average(value => value * value), 0.008);
    }

    private static double[] Picture(double[] pictures, int example) =>
        pictures[(example * ShiftedTemplates.Values)..((example + 1) * ShiftedTemplates.Values)];

    private static double[] Shifted(double[] picture, int down, int right)
    {
        const int Side = ShiftedTemplates.Side;
        return [.. picture.Select((_, place) =>
        {
            int colour = place / (Side * Side), row = place / Side % Side, column = place % Side;
            return picture[(colour * Side + (row + down + Side) % Side) * Side + (column + right + Side) % Side];
        })];
    }

    private static double[] Layer(
        double[] values, int channels, int side, double[] kernels, double[] bias, double[] scale, double[] shift, double[] mean,
        double[] variance)
    {
        var result = new double[bias.Length * side * side];
        for (var place = 0; place < result.Length; place++)
        {
            int output = place / (side * side), row = place / side % side, column = place % side;
            var sum = bias[output];
            for (var tap = 0; tap < channels * 9; tap++)
            {
                int y = row + tap / 3 % 3 - 1, x = column + tap % 3 - 1;
                var isInside = y >= 0 && y < side && x >= 0 && x < side;
                sum += isInside ? kernels[output * channels * 9 + tap] * values[(tap / 9 * side + y) * side + x] : 0;
            }

            result[place] = Math.Max(0, (sum - mean[output]) / Math.Sqrt(variance[output] + 1e-5) * scale[output] + shift[output]);
        }

        return result;
    }

    private static double[] Largest(double[] values, int channels, int side)
    {
        var half = side / 2;
        return [.. Enumerable.Range(0, channels * half * half).Select(place =>
        {
            int channel = place / (half * half), row = 2 * (place / half % half), column = 2 * (place % half);
            double At(int y, int x) => values[(channel * side + row + y) * side + column + x];
            return Math.Max(Math.Max(At(0, 0), At(0, 1)), Math.Max(At(1, 0), At(1, 1)));
        })];
    }

    /// <summary>Everything random: running variances between 0.5 and 1.5.</summary>
    private ParameterSet Parameters(int lanes)
    {
        var parameters = new ParameterSet(model.Layout, Numbers(1, lanes, (int)model.Layout.Size));
        foreach (var buffer in model.Layout.Buffers.Where(buffer => buffer.Name.StartsWith("rv", StringComparison.Ordinal)))
        {
            parameters[buffer.Name].sigmoid_().add_(0.5);
        }

        return parameters;
    }

    private static Tensor Pictures(int lanes, int examples) =>
        Numbers(2, lanes * examples, Colours * Side * Side).view(lanes, examples, -1);

    private static Tensor Numbers(long seed, int rows, int columns) =>
        tensor(new CounterRandom(seed, 0).NextGaussian(rows * columns), [rows, columns]);
}
