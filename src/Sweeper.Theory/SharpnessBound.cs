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

    /// <inheritdoc/>
    public ImmutableArray<string> Described(string experiment) => experiment == "sharpness" ?
    [
        $"`{Sharpness}` and `{Bound}`: the least sharpness of any minimum, 2 L a, for more than inputs + 1 training examples; a is the mean over draws of the "
        + "data, while the metric has that of each seed. A bound on sharpness at minima, not along the way.",
    ] : [];

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public TheoryLabel? LabelOf(string metric) => metric is Sharpness or Bound
        ? new TheoryLabel("lower bound", "no minimum is less sharp: 2 depth a, with the mean a over draws of the data.")
        : null;

    /// <inheritdoc/>
    public IEnumerable<Prediction> Predict(Point point, MeasureSchedule schedule)
    {
        if (point.Experiment is not { Name: "sharpness", Version: 1 } || point.Integer("train_examples") <= point.Integer("inputs") + 1)
        {
            yield break;
        }

        var least = 2 * point.Integer("depth") * Curvature(point);
        foreach (var (step, metric) in schedule.Asked(Sharpness, Bound))
        {
            yield return new Prediction(step, new SeriesKey(MeasurementSource.Theory, metric, "", ""), [least]);
        }
    }

    private static double Curvature(Point point)
    {
        double examples = point.Integer("train_examples"), power = point.Real("noise") * point.Real("noise");
        return (1 + power / examples) / (1 + power / (examples - point.Integer("inputs") - 1));
    }
}
