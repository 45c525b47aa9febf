using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Measurements;
using Sweeper.Core.Ports;
using Sweeper.Theory.Dynamics;

namespace Sweeper.Theory;

/// <summary>
/// Outputs and kernels of `finite-width`: of infinite width, and their variances to leading order in 1 / width
/// (<see cref="WidthFluctuations"/>).
/// </summary>
public sealed class FiniteWidths : ITheory
{
    private const string Output = "network_output", Kernel = "tangent_kernel", Invariant = "kernel_invariant", Features = "feature_kernel";

    /// <inheritdoc/>
    public ImmutableArray<string> Described(string experiment) => experiment == "finite-width" ?
    [
        $"`{Output}`, `{Kernel}` (of training) and `{Invariant}`, for linear networks of one hidden layer: those of infinite width under "
        + "gradient flow; with `spread: variance` their variances, to leading order in 1 / width.",
        $"`{Features}` before training, with linear and ReLU units: mean 1, and the exact variance (1 + V / "
        + "width)^layer - 1 with V = 2 and 5, layers counted from 1 (`index` + 1).",
    ] : [];

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public TheoryLabel? LabelOf(string metric) => metric is Output or Kernel or Invariant or Features
        ? new TheoryLabel(
            "theory",
            "gradient flow of infinite width; variances to leading order in 1 / width (of feature kernels before training, exact).")
        : null;

    /// <inheritdoc/>
    public IEnumerable<Prediction> Predict(Point point, MeasureSchedule schedule) => All(point, schedule).Select(one => one.Mean);

    /// <inheritdoc/>
    public IEnumerable<Prediction> Variances(Point point, MeasureSchedule schedule) => All(point, schedule).Select(one => one.Variance);

    private static IEnumerable<(Prediction Mean, Prediction Variance)> All(Point point, MeasureSchedule schedule)
    {
        if (point.Experiment is not { Name: "finite-width", Version: 1 })
        {
            yield break;
        }

        var width = (int)point.Integer("width");
        var layers = (int)point.Integer("hidden_layers");
        var isLinear = point.Choice("activation") == "linear";
        var asked = schedule.Snapshots
            .SelectMany(snapshot => snapshot.Metrics, (snapshot, metric) => (snapshot.Step, metric.Name)).ToHashSet();
        if (asked.Contains((0, Features)) && point.Choice("activation") != "tanh")
        {
            var perLayer = isLinear ? WidthFluctuations.LinearLayer : WidthFluctuations.ReluLayer;
            yield return Of(
                0, Features, "", [.. Enumerable.Repeat(1.0, layers)],
                [.. Enumerable.Range(1, layers).Select(layer => WidthFluctuations.FeatureCovariance(perLayer, width, layer, layer))]);
        }

        if (!isLinear || layers != 1)
        {
            yield break;
        }

        var flow = new WidthFluctuations(point.Real("richness"), point.Real("target"));
        var steps = schedule.Snapshots.Select(snapshot => snapshot.Step).ToList();
        foreach (var (step, moments) in steps.Zip(flow.At(steps.Select(step => step * point.Real("learning_rate")))))
        {
            (string Metric, string Split, double Mean, double Variance)[] all =
            [
                (Output, "train", moments.Output, moments.OutputVariance), (Kernel, "train", moments.Kernel, moments.KernelVariance),
                (Invariant, "", WidthFluctuations.MeanInvariant, WidthFluctuations.InvariantVariance),
            ];
            foreach (var (metric, split, mean, variance) in all.Where(one => asked.Contains((step, one.Metric))))
            {
                yield return Of(step, metric, split, [mean], [variance / width]);
            }
        }

        static (Prediction Mean, Prediction Variance) Of(
            long step, string metric, string split, ImmutableArray<double> means, ImmutableArray<double> variances)
        {
            var series = new SeriesKey(MeasurementSource.Theory, metric, split, "");
            return (new Prediction(step, series, means), new Prediction(step, series, variances));
        }
    }
}
