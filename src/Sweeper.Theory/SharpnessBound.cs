using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Ports;

namespace Sweeper.Theory;

/// <summary>
/// Least sharpness of a minimum of deep linear regression with a solution of norm 1, 2 L a (Marion and Chizat 2024), with a the curvature
/// of the data along the solution: of `sharpness`.
/// </summary>
/// <remarks>
/// Of a, whose value differs from seed to seed, the ratio of the means of |X w|^2 / n and |w|^2 over draws of n Gaussian inputs of d
/// dimensions, regression vectors and noise: (1 + s^2 / n) / (1 + s^2 / (n - d - 1)), because the noise adds s^2 d / n to the former and
/// s^2 tr E (X^T X)^-1 = s^2 d / (n - d - 1) to the latter, where the signal gives d to both.
/// </remarks>
public sealed class SharpnessBound() : ExperimentTheory(
    "sharpness",
    new TheoryLabel(
        "lower bound",
        "no minimum is less sharp: 2 depth a, with about the mean a over draws of the data, so that a seed may lie below it."),
    Sharpness, Bound)
{
    private const string Sharpness = "sharpness", Bound = "sharpness_bound";

    // Where the mean of a ratio is near the ratio of the means.
    private const int ExamplesPerInput = 10;
    private const double MostNoise = 0.25;

    /// <inheritdoc/>
    protected override ImmutableArray<string> Description =>
    [
        $"`{Sharpness}` and `{Bound}`: the least sharpness of any minimum, 2 L a, for at least ten training examples for each input and "
        + "little noise (noise^2 at most a quarter of train_examples - inputs - 1). The metric has a of each seed; the theory has the "
        + "ratio of the means over draws of the data that a is the ratio of, which is near its mean there. A bound on sharpness at "
        + "minima, not along the way.",
    ];

    /// <inheritdoc/>
    public override int Version => 2;

    /// <inheritdoc/>
    protected override IEnumerable<Prediction> Predict(Point point, IReadOnlyList<(long Step, string Metric)> asked)
    {
        var least = 2 * point.Integer("depth") * Curvature(point);
        return asked.Select(one => new Prediction(one.Step, Key(one.Metric), [least]));
    }

    /// <inheritdoc/>
    protected override bool Holds(Point point)
    {
        var (examples, inputs) = (point.Integer("train_examples"), point.Integer("inputs"));
        return examples >= ExamplesPerInput * inputs && Math.Pow(point.Real("noise"), 2) <= MostNoise * (examples - inputs - 1);
    }

    private static double Curvature(Point point)
    {
        double examples = point.Integer("train_examples"), power = point.Real("noise") * point.Real("noise");
        return (1 + power / examples) / (1 + power / (examples - point.Integer("inputs") - 1));
    }
}
