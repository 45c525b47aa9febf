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

    [Theory]
    [InlineData("12-12-12", 256, true)]
    [InlineData("64-96-96-10", 100, false)]
    [InlineData("784-4", 60000, false)]
    public void They_are_for_small_networks_and_few_examples(string widths, int examples, bool isFor) => Assert.Equal(
        isFor, LaneLosses<float>.IsFor(new MlpShape([.. widths.Split('-').Select(int.Parse)], 0.1, false, false), examples));

    private static bool AreSame(float[] one, float[] other) => one.Zip(other).All(pair => Registers.AreSame(pair.First, pair.Second));

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
