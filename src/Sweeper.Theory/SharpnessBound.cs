using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Measurements;
using Sweeper.Core.Ports;

namespace Sweeper.Theory;

/// <summary>
/// Least sharpness of a minimum of deep linear regression with a solution of norm 1, 2 L a (Marion and Chizat 2024), with a the curvature of
/// the data along the solution: of `sharpness`.
/// </summary>
/// <remarks>
/// Of a, whose value differs from seed to seed, the ratio of the means of |X w|^2 / n and |w|^2 over draws of n Gaussian inputs of d
/// dimensions, regression vectors and noise: (1 + s^2 / n) / (1 + s^2 / (n - d - 1)), because the noise adds s^2 d / n to the former and s^2 tr
/// E (X^T X)^-1 = s^2 d / (n - d - 1) to the latter, where the signal gives d to both.
/// </remarks>
public sealed class SharpnessBound : ITheory
{
    private const string Sharpness = "sharpness", Bound = "sharpness_bound";

    // Where the mean of a ratio is near the ratio of the means.
    private const int ExamplesPerInput = 10;
    private const double MostNoise = 0.25;

    /// <inheritdoc/>
    public ImmutableArray<string> Described(string experiment) => experiment == "sharpness" ?
    [
        $"`{Sharpness}` and `{Bound}`: the least sharpness of any minimum, 2 L a, for at least ten training examples for each input and little noise "
        + "(noise^2 at most a quarter of train_examples - inputs - 1). The metric has a of each seed; the theory has the ratio of the means over draws "
        + "of the data that a is the ratio of, which is near its mean there. A bound on sharpness at minima, not along the way.",
    ] : [];

    /// <inheritdoc/>
    public int Version => 2;

    /// <inheritdoc/>
    public TheoryLabel? LabelOf(string metric) => metric is Sharpness or Bound
        ? new TheoryLabel("lower bound", "no minimum is less sharp: 2 depth a, with about the mean a over draws of the data, so that a seed may lie below it.")
        : null;

    /// <inheritdoc/>
    public IEnumerable<Prediction> Predict(Point point, MeasureSchedule schedule)
    {
        if (point.Experiment is not { Name: "sharpness", Version: 1 } || !IsNearItsMean(point))
        {
            yield break;
        }

        var least = 2 * point.Integer("depth") * Curvature(point);
        foreach (var (step, metric) in schedule.Asked(Sharpness, Bound))
        {
            yield return new Prediction(step, new SeriesKey(MeasurementSource.Theory, metric, "", ""), [least]);
        }
    }

    private static bool IsNearItsMean(Point point)
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
