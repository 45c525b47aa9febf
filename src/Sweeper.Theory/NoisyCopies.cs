using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Measurements;
using Sweeper.Core.Ports;
using Sweeper.Theory.Generalisation;

namespace Sweeper.Theory;

/// <summary>
/// Cosine and excess risk of linear networks that learned the same with different noise (<see cref="NoisyLeastSquares"/>): of
/// `ensemble-alignment`.
/// </summary>
public sealed class NoisyCopies : ITheory
{
    private const string Cosine = "function_cosine", Risk = "excess_risk";

    // Nearer to the threshold squared norms have no mean worth the name.
    private const int FromThreshold = 4;

    /// <inheritdoc/>
    public ImmutableArray<string> Described(string experiment) => experiment == "ensemble-alignment" ?
    [
        $"`{Cosine}` of all pairs and `{Risk}`: for `init: min-norm`, which is regression by linear networks at the end of training, and noise on the "
        + "targets (`perturb` is labels or fresh), where train_examples and inputs differ by at least four. The risk is its mean over draws of the data; the "
        + "cosine is approximate, with squared norms at their means, and the better the further from train_examples = inputs and the larger both.",
    ] : [];

    /// <inheritdoc/>
    public int Version => 2;

    /// <inheritdoc/>
    public TheoryLabel? LabelOf(string metric) => metric is Cosine or Risk
        ? new TheoryLabel("theory", "the smallest linear maps that fit Gaussian inputs with noisy targets best, their squared norms at their means: approximate near as many examples as inputs.")
        : null;

    /// <inheritdoc/>
    public IEnumerable<Prediction> Predict(Point point, MeasureSchedule schedule)
    {
        if (point.Experiment is not { Name: "ensemble-alignment", Version: 1 } || point.Choice("init") != "min-norm" || point.Choice("perturb") == "inputs"
            || Math.Abs(point.Integer("train_examples") - point.Integer("inputs")) < FromThreshold)
        {
            yield break;
        }

        var law = new NoisyLeastSquares((int)point.Integer("inputs"), (int)point.Integer("train_examples"), point.Real("snr"));
        var series = All(point, law).ToLookup(one => one.Key.Metric);
        foreach (var (step, metric) in schedule.Asked(Cosine, Risk))
        {
            foreach (var (key, value) in series[metric])
            {
                yield return new Prediction(step, key, [value]);
            }
        }
    }

    private static IEnumerable<(SeriesKey Key, double Value)> All(Point point, NoisyLeastSquares law)
    {
        var networks = (int)point.Integer("networks");
        var cosine = point.Choice("perturb") == "fresh" ? law.CosineOfFreshInputs : law.Cosine;
        var pairs = Enumerable.Range(0, networks).SelectMany(first => Enumerable.Range(first + 1, networks - first - 1), (first, second) => $"{first}-{second}");
        var ofPairs = pairs.Append("different trunks").Select(pair => (Key(Cosine, pair, member: 0), cosine));
        var ofNetworks = Enumerable.Range(0, networks).Select(member => (Key(Risk, "", member), law.ExcessRisk));
        return ofPairs.Concat(ofNetworks);

        static SeriesKey Key(string metric, string component, int member) => new(MeasurementSource.Theory, metric, "validation", component, member);
    }
}
