using System.Collections.Immutable;
using Sweeper.Core.Randomness;
using Sweeper.Training.Data;

namespace Sweeper.Training.Models;

/// <summary>Distribution of the initial values of a parameter, before any scale.</summary>
internal sealed class InitialLaw
{
    private readonly Func<CounterRandom, int, int, double[]> draw;

    private InitialLaw(Func<CounterRandom, int, int, double[]> draw) => this.draw = draw;

    /// <summary>Haar: uniformly random (semi-)orthogonal.</summary>
    public static InitialLaw Haar { get; } = new(HaarMatrix.Draw);

    /// <summary>Independent N(0, 1 / inputs).</summary>
    public static InitialLaw Gaussian { get; } = new(static (stream, rows, columns) =>
    {
        var scale = 1 / Math.Sqrt(columns);
        return Array.ConvertAll(stream.NextGaussian(rows * columns), value => value * scale);
    });

    /// <summary>Independent N(0, 1).</summary>
    public static InitialLaw Normal { get; } = new(static (stream, rows, columns) => stream.NextGaussian(rows * columns));

    /// <summary>PyTorch's default for linear layers and convolutions: uniform on +-1 / sqrt(numbers after the first dimension).</summary>
    public static InitialLaw TorchDefault { get; } = new(static (stream, rows, columns) =>
        Uniformly(stream, rows * columns, 1 / Math.Sqrt(columns)));

    /// <summary>
    /// Normal with variance 1.3 / (mean of inputs and outputs), cut off at two standard deviations: numbers beyond are drawn again
    /// (TensorFlow's variance scaling; 1.3 makes up for most of what is cut off).
    /// </summary>
    public static InitialLaw TruncatedNormal { get; } = new(static (stream, rows, columns) =>
    {
        var scale = Math.Sqrt(1.3 / ((rows + columns) / 2.0));
        var values = new List<double>(rows * columns);
        while (values.Count < rows * columns)
        {
            values.AddRange(stream.NextGaussian(rows * columns).Where(value => Math.Abs(value) <= 2).Take(rows * columns - values.Count));
        }

        return [.. values.Select(value => value * scale)];
    });

    /// <summary>Zeros.</summary>
    public static InitialLaw Zero { get; } = new(static (_, rows, columns) => new double[rows * columns]);

    /// <summary>Ones.</summary>
    public static InitialLaw One { get; } = new(static (_, rows, columns) => [.. Enumerable.Repeat(1.0, rows * columns)]);

    /// <summary>Uniform on [-bound, bound).</summary>
    public static InitialLaw Uniform(double bound) => new((stream, rows, columns) => Uniformly(stream, rows * columns, bound));

    /// <summary>Values of a shape, row-major; a matrix is its first dimension by all others.</summary>
    public double[] Draw(CounterRandom stream, ImmutableArray<long> shape)
    {
        var rows = (int)shape[0];
        return draw(stream, rows, (int)(shape.Aggregate(1L, (product, length) => product * length) / rows));
    }

    private static double[] Uniformly(CounterRandom stream, int count, double bound)
    {
        var values = new double[count];
        foreach (ref var value in values.AsSpan())
        {
            value = stream.NextUniform(bound);
        }

        return values;
    }
}
