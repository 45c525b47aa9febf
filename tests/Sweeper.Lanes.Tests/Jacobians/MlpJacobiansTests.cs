using Sweeper.Lanes.Algebra;
using Sweeper.Lanes.Jacobians;
using Sweeper.Lanes.Vectors;
using Xunit;

namespace Sweeper.Lanes.Tests.Jacobians;

public sealed class MlpJacobiansTests
{
    private const double Leak = 0.25;

    /// <summary>By differences: between two examples with the same slopes a perceptron is a linear map.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void They_are_what_the_outputs_change_by(bool hasBias, bool hasOutputActivation)
    {
        int[] widths = [5, 7, 4, 3];
        var random = new Random(3);
        double[][] weights = [.. Enumerable.Range(0, 3).Select(layer => Draw(random, widths[layer] * widths[layer + 1]))];
        double[][] biases = [.. Enumerable.Range(0, 3).Select(layer => Draw(random, widths[layer + 1]))];
        double[][] examples = [.. Enumerable.Range(0, 11).Select(_ => Draw(random, widths[0]))];
        var actual = Compute<Lanes256<double>>(widths, weights, hasBias ? biases : null, examples, hasOutputActivation);
        foreach (var (example, x) in examples.Index())
        {
            for (var input = 0; input < widths[0]; input++)
            {
                const double Step = 1e-7;
                var moved = (double[])x.Clone();
                moved[input] += Step;
                var change = Apply(moved).Zip(Apply(x), (after, before) => (after - before) / Step).ToArray();
                for (var output = 0; output < change.Length; output++)
                {
                    Assert.Equal(change[output], actual[(output * widths[0] + input) * examples.Length + example], 1e-6);
                }
            }
        }

        double[] Apply(double[] x)
        {
            for (var layer = 0; layer < 3; layer++)
            {
                double[] sums =
                [
                    .. Enumerable.Range(0, widths[layer + 1]).Select(output => (hasBias ? biases[layer][output] : 0)
                        + Enumerable.Range(0, x.Length).Sum(input => weights[layer][output * x.Length + input] * x[input])),
                ];
                x = layer < 2 || hasOutputActivation ? [.. sums.Select(sum => sum > 0 ? sum : Leak * sum)] : sums;
            }

            return x;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    public void Registers_of_all_widths_give_the_bits_of_one_lane(int count)
    {
        int[] widths = [6, 9, 5, 8];
        var random = new Random(count);
        double[][] weights = [.. Enumerable.Range(0, 3).Select(layer => Draw(random, widths[layer] * widths[layer + 1]))];
        double[][] examples = [.. Enumerable.Range(0, count).Select(_ => Draw(random, widths[0]))];
        var expected = Compute<OneLane<double>>(widths, weights, null, examples, true);
        Assert.Equal(expected, Compute<Lanes128<double>>(widths, weights, null, examples, true));
        Assert.Equal(expected, Compute<Lanes256<double>>(widths, weights, null, examples, true));
        Assert.Equal(expected, Compute<Lanes512<double>>(widths, weights, null, examples, true));
        Assert.Equal(expected, Compute<Lanes512<double>>(widths, weights, null, examples, true, threads: 2));
    }

    private static double[] Draw(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];

    private static unsafe double[] Compute<TLanes>(
        int[] widths, double[][] weights, double[][]? biases, double[][] examples, bool hasOutputActivation, int threads = 1)
        where TLanes : unmanaged, ILanes<TLanes, double>
    {
        double[] numbers = [.. weights.SelectMany(layer => layer), .. (biases ?? []).SelectMany(layer => layer)];
        double[] inputs = [.. examples.SelectMany(example => example)];
        var result = new double[widths[^1] * widths[0] * examples.Length];
        fixed (double* first = numbers, example = inputs, into = result)
        {
            var (matrix, bias) = ((nint)first, (nint)(first + weights.Sum(layer => layer.Length)));
            var layers = new NetworkLayer<double>[weights.Length];
            for (var layer = 0; layer < layers.Length; layer++)
            {
                layers[layer] = new NetworkLayer<double>(
                    widths[layer], widths[layer + 1], (double*)matrix, biases is null ? null : (double*)bias, 0,
                    layer < layers.Length - 1 || hasOutputActivation);
                matrix += weights[layer].Length * sizeof(double);
                bias += widths[layer + 1] * sizeof(double);
            }

            MlpJacobians.With<TLanes, double>(
                layers, Leak, new Inputs<double>(example, 0, widths[0], 1),
                new Matrices(into, MatrixPlaces.SideBySide(1, examples.Length, widths[^1], widths[0])), threads);
        }

        return result;
    }
}
