using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Measurements;
using Sweeper.Core.Ports;
using Sweeper.Theory.Dynamics;

namespace Sweeper.Theory;

/// <summary>Direction and norm of balanced linear networks under the logistic loss (<see cref="PlanarFlow"/>): of `directional`.</summary>
public sealed class DirectionalFlow : ITheory
{
    private const string Cosine = "cosine", LogAlignment = "log_alignment", Norm = "map_norm";

    /// <inheritdoc/>
    public ImmutableArray<string> Described(string experiment) => experiment == "directional" ?
    [
        $"`{Cosine}`, `{LogAlignment}` and `{Norm}`: gradient flow of the expected loss, for `init: balanced` with `imbalance: 1`, any depth, and an "
        + "`initial_cosine` within -1 and 1. It is what gradient descent tends to at small learning rates, and what descent on examples fluctuates around.",
    ] : [];

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public TheoryLabel? LabelOf(string metric) => metric is Cosine or LogAlignment or Norm
        ? new TheoryLabel("gradient flow", "gradient flow of the expected loss: an ordinary differential equation for the angle and the norm.")
        : null;

    /// <inheritdoc/>
    public IEnumerable<Prediction> Predict(Point point, MeasureSchedule schedule)
    {
        if (!Holds(point))
        {
            yield break;
        }

        var flow = new PlanarFlow((int)point.Integer("depth"), Law(point));
        var snapshots = schedule.Snapshots.Where(snapshot => snapshot.Metrics.Any(metric => LabelOf(metric.Name) is not null)).OrderBy(snapshot => snapshot.Step).ToList();
        var times = snapshots.Select(snapshot => point.Real("learning_rate") * snapshot.Step);
        foreach (var (snapshot, state) in snapshots.Zip(flow.At(times, point.Real("initial_norm"), point.Real("initial_cosine"))))
        {
            foreach (var name in snapshot.Metrics.Select(metric => metric.Name).Where(name => LabelOf(name) is not null))
            {
                var value = name switch
                {
                    Cosine => state.Cosine,
                    Norm => state.Norm,
                    _ => state.LogAlignment,
                };
                yield return new Prediction(snapshot.Step, new SeriesKey(MeasurementSource.Theory, name, "", ""), [value]);
            }
        }
    }

    /// <inheritdoc/>
    public ImmutableArray<double> TeacherLevels(Point point, string metric) => [];

    private static bool Holds(Point point) => point.Experiment is { Name: "directional", Version: 1 }
        && point.Choice("init") == "balanced" && (point.Real("imbalance") == 1 || point.Integer("depth") == 1)
        && Math.Abs(point.Real("initial_cosine")) < 1;

    private static SphericalLaw Law(Point point) =>
        point.Choice("input_law") == "sphere" ? SphericalLaw.Sphere((int)point.Integer("inputs")) : SphericalLaw.Gaussian();
}
