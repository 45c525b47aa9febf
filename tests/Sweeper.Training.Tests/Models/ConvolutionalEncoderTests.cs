using Sweeper.Core.Randomness;
using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Models;

public sealed class ConvolutionalEncoderTests : TensorTest
{
    private const int Side = 8, Lanes = 3, Examples = 4;
    private readonly ConvolutionalEncoder model = new(Side, [2, 4], outputs: 5, leak: 0.1);

    /// <summary>By the definition of a convolution, pixel by pixel.</summary>
    [Fact]
    public void Every_lane_is_two_convolutions_of_stride_2_and_a_matrix()
    {
        var (parameters, inputs) = (Parameters(), Pictures());
        var outputs = model.Apply(parameters, inputs, NetworkMode.Evaluate);
        for (var lane = 0; lane < Lanes; lane++)
        {
            var first = Convolve([Grid(inputs[lane, 1], Side)], parameters[0][lane]);
            double[] second = [.. Convolve(first, parameters[1][lane]).SelectMany(channel => channel.Cast<double>())];
            var matrix = parameters[2][lane];
            for (var output = 0; output < 5; output++)
            {
                Assert.Equal(
                    matrix[output].Numbers().Zip(second, (weight, value) => weight * value).Sum(),
                    outputs[lane, 1, output].Number(), 1e-12);
            }
        }
    }

    /// <summary>
    /// More examples than are taken at once, lanes with their own pictures and with shared ones, leaks from ReLU to linear.
    /// </summary>
    [Theory, InlineData(0, false), InlineData(0.1, false), InlineData(0.1, true), InlineData(1, true)]
    public void The_gradient_is_that_of_automatic_differentiation(double leak, bool isShared)
    {
        const int Many = 150;
        using var _ = no_grad();
        var leaky = new ConvolutionalEncoder(Side, [2, 4], outputs: 5, leak);
        var parameters = Parameters();
        var pictures = Numbers(2, Lanes * Many, Side * Side).view(Lanes, Many, -1);
        // Without ink on the upper half: arguments of the activation that are zero.
        pictures.narrow(2, 0, Side * Side / 2).zero_();
        var inputs = isShared ? pictures.narrow(0, 0, 1).expand(Lanes, -1, -1) : pictures;
        var batch = new Split("train", inputs, Numbers(3, Lanes * Many, 5).view(Lanes, Many, -1));
        foreach (var scaling in Enum.GetValues<ErrorScaling>())
        {
            var objective = new SquaredError(scaling);
            var expected = Autograd.Gradient(leaky, parameters, batch, objective);
            Assert.True(
                (leaky.Gradient(parameters, batch, objective) - expected).abs().max().Number() < 1e-13 * expected.abs().max().Number());
        }
    }

    [Fact]
    public void A_gradient_has_the_same_bits_whatever_is_trained_beside_it()
    {
        using var _ = no_grad();
        var (parameters, batch, objective) = (
            Parameters(), new Split("train", Pictures(), Numbers(3, Lanes * Examples, 5).view(Lanes, Examples, -1)),
            new SquaredError(ErrorScaling.HalfSum));
        var all = model.Gradient(parameters, batch, objective);
        for (var lane = 0; lane < Lanes; lane++)
        {
            var alone = model.Gradient(
                new ParameterSet(model.Layout, parameters.Flat.narrow(0, lane, 1)),
                new Split("train", batch.Inputs.narrow(0, lane, 1), batch.Targets.narrow(0, lane, 1)), objective);
            Assert.Equal(all[lane].Numbers(), alone[0].Numbers());
        }
    }

    [Fact]
    public void Outputs_are_the_Jacobian_times_the_input()
    {
        using var _ = no_grad();
        var (parameters, inputs) = (Parameters(), Pictures());
        var jacobians = model.Jacobians(parameters, inputs);
        Assert.Equal([Lanes, Examples, 5, Side * Side], jacobians.shape);
        var outputs = model.Apply(parameters, inputs, NetworkMode.Evaluate);
        Assert.True((jacobians.matmul(inputs.unsqueeze(3)).squeeze(3) - outputs).abs().max().Number() < 1e-13);
    }

    [Fact]
    public void An_autoencoder_gives_pictures_of_the_same_size_lane_by_lane()
    {
        var autoencoder = new ConvolutionalAutoencoder(Side, [2, 4], latents: 5, leak: 0.1);
        var flat = stack(Enumerable.Range(0, Lanes).Select(lane => tensor(autoencoder.Initialise(lane))));
        var inputs = Pictures();
        var all = autoencoder.Apply(new ParameterSet(autoencoder.Layout, flat), inputs, NetworkMode.Evaluate);
        var alone = new ParameterSet(autoencoder.Layout, flat.narrow(0, 1, 1));
        var one = autoencoder.Apply(alone, inputs.narrow(0, 1, 1), NetworkMode.Evaluate);
        Assert.Equal(inputs.shape, all.shape);
        Assert.True((all[1] - one[0]).abs().max().Number() < 1e-14);
    }

    [Fact]
    public void Rings_have_a_hole_and_strokes_have_none()
    {
        var pictures = RingsAndStrokes.Draw(RandomStreams.Data(5, 0), 40);
        const int Middle = RingsAndStrokes.Side / 2, Size = RingsAndStrokes.Side * RingsAndStrokes.Side;
        Assert.All(pictures, grey => Assert.InRange(grey, 0, 1));
        for (var example = 0; example < 40; example++)
        {
            // A line through the middle meets a ring twice and a stroke at most once.
            var rows = Enumerable.Range(0, RingsAndStrokes.Side)
                .Select(row => pictures[example * Size + row * RingsAndStrokes.Side + Middle] > 0.5).ToArray();
            var columns = Enumerable.Range(0, RingsAndStrokes.Side)
                .Select(column => pictures[example * Size + Middle * RingsAndStrokes.Side + column] > 0.5).ToArray();
            Assert.Equal(example % 2 == 0 ? 2 : 1, Math.Max(Runs(rows), Runs(columns)));
        }

        static int Runs(bool[] inked) => inked.Where((ink, place) => ink && (place == 0 || !inked[place - 1])).Count();
    }

    private ParameterSet Parameters() =>
        new(model.Layout, stack(Enumerable.Range(0, Lanes).Select(lane => tensor(model.Layout.Initialise(lane)))));

    private static Tensor Pictures() => Numbers(2, Lanes * Examples, Side * Side).view(Lanes, Examples, -1);

    private static Tensor Numbers(long seed, int rows, int columns) =>
        tensor(Inputs.Draw(InputLaw.Gaussian, new CounterRandom(seed, 0), rows, columns), [rows, columns]);

    private static double[,] Grid(Tensor picture, int side)
    {
        var (numbers, grid) = (picture.Numbers(), new double[side, side]);
        Buffer.BlockCopy(numbers, 0, grid, 0, numbers.Length * sizeof(double));
        return grid;
    }

    private static double[][,] Convolve(double[][,] channels, Tensor kernels) =>
        [.. Enumerable.Range(0, (int)kernels.shape[0]).Select(output =>
        {
            var (side, kernel) = (channels[0].GetLength(0), kernels[output].Numbers());
            var result = new double[side / 2, side / 2];
            for (var tap = 0; tap < channels.Length * 9; tap++)
            {
                var (channel, down, right) = (tap / 9, tap / 3 % 3 - 1, tap % 3 - 1);
                for (var place = 0; place < side * side / 4; place++)
                {
                    var (row, column) = (place / (side / 2) * 2 + down, place % (side / 2) * 2 + right);
                    var isInside = row >= 0 && row < side && column >= 0 && column < side;
                    result[place / (side / 2), place % (side / 2)] += isInside ? kernel[tap] * channels[channel][row, column] : 0;
                }
            }

            for (var place = 0; place < side * side / 4; place++)
            {
                ref var value = ref result[place / (side / 2), place % (side / 2)];
                value = value > 0 ? value : 0.1 * value;
            }

            return result;
        })];
}
