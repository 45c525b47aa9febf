using CsCheck;
using Sweeper.Lanes.Networks;
using Sweeper.Lanes.Tests.Vectors;
using Sweeper.Lanes.Vectors;
using Xunit;

namespace Sweeper.Lanes.Tests.Networks;

/// <summary>Sums of squared errors, against loops over one lane's numbers.</summary>
public sealed class LaneLossesTests
{
    [Fact]
    public void Registers_of_all_widths_give_the_bits_of_plain_loops() => TrainingCase<float>.Any.Sample(
        given =>
        {
            var plain = Plain(given);
            return AreSame(plain, Sums<OneLane<float>>(given)) && AreSame(plain, Sums<Lanes128<float>>(given))
                && AreSame(plain, Sums<Lanes256<float>>(given)) && AreSame(plain, Sums<Lanes512<float>>(given));
        },
        iter: 60);

    /// <summary>At margins that the one weight decides; more examples than are kept beside the data, too.</summary>
    [Theory]
    [InlineData(20)]
    [InlineData(20_000)]
    public void Logistic_losses_are_logarithms_of_what_is_added_to_1(int examples)
    {
        double[] weights = [0.7, -1.3, 1000, -1000, 0], inputs = [.. Enumerable.Range(0, examples).Select(example => example % 7 - 3.0)];
        double[] targets = [.. Enumerable.Range(0, examples).Select(example => example % 3 == 0 ? 1.0 : -1)];
        var expected = weights.Select(weight => inputs.Zip(targets, (input, target) => weight * input * target)
            .Sum(margin => Math.Max(-margin, 0) + double.LogP1(Math.Exp(-Math.Abs(margin))))).ToArray();
        var sums = Logistic<Lanes256<double>>(weights, inputs, targets);
        Assert.All(expected.Zip(sums), pair => Assert.Equal(1, pair.Second / pair.First, 1e-12));
        Assert.Equal(sums, Logistic<OneLane<double>>(weights, inputs, targets));
        Assert.Equal(sums, Logistic<Lanes128<double>>(weights, inputs, targets));
        Assert.Equal(sums, Logistic<Lanes512<double>>(weights, inputs, targets));
    }

    [Theory]
    [InlineData("12-12-12", 256, true)]
    [InlineData("64-96-96-10", 100, false)]
    [InlineData("784-4", 60000, false)]
    public void They_are_for_small_networks_and_few_examples(string widths, int examples, bool isFor) => Assert.Equal(
        isFor, LaneLosses<float>.IsFor(new MlpShape([.. widths.Split('-').Select(int.Parse)], 0.1, false, false), examples));

    private static bool AreSame(float[] one, float[] other) => one.Zip(other).All(pair => Registers.AreSame(pair.First, pair.Second));

    private static unsafe double[] Logistic<TLanes>(double[] weights, double[] inputs, double[] targets)
        where TLanes : unmanaged, ILanes<TLanes, double>
    {
        var sums = new double[weights.Length];
        fixed (double* first = inputs, wanted = targets, numbers = weights, into = sums)
        {
            var data = new LaneData<double>(first, 0, wanted, 0, inputs.Length);
            using var losses =
                new LaneLosses<TLanes, double>(new MlpShape([1, 1], 1, false, false), data, weights.Length, isLogistic: true);
            losses.Sum(numbers, into);
        }

        return sums;
    }

    private static unsafe float[] Sums<TLanes>(TrainingCase<float> given)
        where TLanes : unmanaged, ILanes<TLanes, float>
    {
        var (inputs, targets) = given.Data();
        var shape = given.Training.Shape;
        var sums = new float[given.Lanes];
        fixed (float* first = inputs, wanted = targets, numbers = given.Start()[0], into = sums)
        {
            var data = new LaneData<float>(
                first, given.IsShared ? 0 : given.Examples * shape.Widths[0], wanted, given.Examples * shape.Widths[^1], given.Examples);
            using var losses = new LaneLosses<TLanes, float>(shape, data, given.Lanes);
            losses.Sum(numbers, into);
        }

        return sums;
    }

    private static float[] Plain(TrainingCase<float> given)
    {
        var (inputs, targets) = given.Data();
        var (shape, numbers) = (given.Training.Shape, given.Start()[0]);
        int width = shape.Widths[0], outputs = shape.Widths[^1];
        return
        [
            .. Enumerable.Range(0, given.Lanes).Select(lane => Enumerable.Range(0, given.Examples).Chunk(16).Select(tile =>
            {
                var sum = 0f;
                foreach (var example in tile)
                {
                    var made = inputs.AsSpan(((given.IsShared ? 0 : lane) * given.Examples + example) * width, width).ToArray();
                    var at = lane * given.Size;
                    for (var layer = 0; layer < shape.Depth; layer++)
                    {
                        made = PlainLayer(shape, layer, numbers.AsSpan(at), made);
                        at += shape.Widths[layer + 1] * (shape.Widths[layer] + (shape.HasBias ? 1 : 0));
                    }

                    for (var output = 0; output < outputs; output++)
                    {
                        var error = made[output] - targets[(lane * given.Examples + example) * outputs + output];
                        sum = float.FusedMultiplyAdd(error, error, sum);
                    }
                }

                return sum;
            }).Aggregate(0f, (sum, tile) => sum + tile)),
        ];
    }

    private static float[] PlainLayer(MlpShape shape, int layer, ReadOnlySpan<float> numbers, float[] units)
    {
        int rows = shape.Widths[layer + 1], columns = shape.Widths[layer];
        var made = new float[rows];
        for (var row = 0; row < rows; row++)
        {
            var sum = shape.HasBias ? numbers[rows * columns + row] : 0;
            for (var column = 0; column < columns; column++)
            {
                sum = float.FusedMultiplyAdd(numbers[row * columns + column], units[column], sum);
            }

            made[row] = shape.HasActivation(layer) && !(sum > 0) ? sum * (float)shape.Leak : sum;
        }

        return made;
    }
}
