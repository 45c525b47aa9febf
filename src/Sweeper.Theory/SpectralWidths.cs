using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Measurements;
using Sweeper.Core.Ports;
using Sweeper.Theory.Spectra;

namespace Sweeper.Theory;

/// <summary>
/// What of `spectral-scaling` is known of large networks before any is trained: the bulk of the hidden weights, and the neural tangent
/// kernel that begins, and in the lazy limit stays.
/// </summary>
public sealed class SpectralWidths : ITheory
{
    private const string Outlier = "hidden_outlier", Sharpness = "ntk_sharpness", Values = "singular_values", Hidden = "W2";

    /// <inheritdoc/>
    public ImmutableArray<string> Described(string experiment) => experiment == "spectral-scaling" ?
    [
        $"`{Outlier}`, of `second`: the edge 2 of the bulk. `{Values}` of the hidden matrix: those of that bulk, in the middles of equal "
        + "shares, without outliers.",
        $"`{Sharpness}`, for one output: that of infinite width, learning_rate (1 + (inputs / train_examples)^(1/2))^2 times 3 / inputs "
        + "(under standard (2 width + inputs) / inputs), before training and under ntk at all steps, where it does not move; for many "
        + "inputs and examples.",
    ] : [];

    /// <inheritdoc/>
    public int Version => 2;

    /// <inheritdoc/>
    public TheoryLabel? LabelOf(string metric) => metric switch
    {
        Outlier => new TheoryLabel("edge of the bulk", "where the singular values of random weights end, in the limit of large matrices."),
        Sharpness => new TheoryLabel(
            "infinite width", "the neural tangent kernel of infinite width before training, in the limit of many inputs and examples."),
        _ => null,
    };

    /// <inheritdoc/>
    public IEnumerable<Prediction> Predict(Point point, MeasureSchedule schedule)
    {
        if (!IsOurs(point))
        {
            yield break;
        }

        ImmutableArray<double>? spectrum = null;
        var isLazy = point.Choice("parameterisation") == "ntk";
        foreach (var snapshot in schedule.Snapshots)
        {
            if (snapshot.Metrics.Any(metric => metric.Name == Outlier))
            {
                yield return Of(snapshot.Step, Outlier, "second", new SpikedMatrix(1).Edge);
            }

            if (snapshot.Metrics.Any(metric => metric.Name == Values))
            {
                yield return new Prediction(
                    snapshot.Step, new SeriesKey(MeasurementSource.Theory, Values, "", Hidden),
                    spectrum ??= Quantiles((int)point.Integer("width")));
            }

            if (snapshot.Metrics.Any(metric => metric.Name == Sharpness) && point.Integer("outputs") == 1 && (isLazy || snapshot.Step == 0))
            {
                yield return Of(snapshot.Step, Sharpness, "", InitialSharpness(point));
            }
        }

        static Prediction Of(long step, string metric, string component, double value) =>
            new(step, new SeriesKey(MeasurementSource.Theory, metric, "", component), [value]);
    }

    /// <inheritdoc/>
    public SpectralDensity? DensityOf(Point point, string metric)
    {
        if (metric != Values || !IsOurs(point))
        {
            return null;
        }

        var (bulk, count) = (new MarchenkoPastur(1), (int)point.Integer("width"));
        return new SpectralDensity(bulk.LowerEdge, bulk.UpperEdge, x => count * bulk.Density(x), []) { Count = count };
    }

    private static bool IsOurs(Point point) => point.Experiment is { Name: "spectral-scaling", Version: 1 };

    /// <summary>So many singular values of the bulk, descending.</summary>
    private static ImmutableArray<double> Quantiles(int count)
    {
        var bulk = new MarchenkoPastur(1);
        return [.. Enumerable.Range(0, count).Select(rank => bulk.Quantile(1 - (rank + 0.5) / count))];
    }

    private static double InitialSharpness(Point point)
    {
        double inputs = point.Integer("inputs"),
            layers = point.Choice("parameterisation") == "standard" ? 2 * point.Integer("width") / inputs + 1 : 3 / inputs;
        return point.Real("learning_rate") * layers * Math.Pow(1 + Math.Sqrt(inputs / point.Integer("train_examples")), 2);
    }
}
