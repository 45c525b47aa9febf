using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Ports;
using Sweeper.Theory.Dynamics;

namespace Sweeper.Theory;

/// <summary>Direction and norm of balanced linear networks under the logistic loss (<see cref="PlanarFlow"/>): of `directional`.</summary>
public sealed class DirectionalFlow() : ExperimentTheory(
    "directional",
    new TheoryLabel("gradient flow", "gradient flow of the expected loss: an ordinary differential equation for the angle and the norm."),
    Cosine, LogAlignment, Norm)
{
    private const string Cosine = "cosine", LogAlignment = "log_alignment", Norm = "map_norm";

    /// <inheritdoc/>
    protected override ImmutableArray<string> Description =>
    [
        $"`{Cosine}`, `{LogAlignment}` and `{Norm}`: gradient flow of the expected loss, for `init: balanced` with `imbalance: 1`, any "
        + "depth, and an `initial_cosine` within -1 and 1. It is what gradient descent tends to at small learning rates, and what "
        + "descent on examples fluctuates around.",
    ];

    /// <inheritdoc/>
    public override int Version => 1;

    /// <inheritdoc/>
    protected override IEnumerable<Prediction> Predict(Point point, IReadOnlyList<(long Step, string Metric)> asked)
    {
        // Of one step there may be several metrics: the flow then stays where it is.
        var states = new PlanarFlow((int)point.Integer("depth"), Law(point)).At(
            asked.Select(one => point.Real("learning_rate") * one.Step), point.Real("initial_norm"), point.Real("initial_cosine"));
        foreach (var ((step, metric), state) in asked.Zip(states))
        {
            var value = metric switch
            {
                Cosine => state.Cosine,
                Norm => state.Norm,
                _ => state.LogAlignment,
            };
            yield return new Prediction(step, Key(metric), [value]);
        }
    }

    /// <inheritdoc/>
    protected override bool Holds(Point point) => point.Choice("init") == "balanced"
        && (point.Real("imbalance") == 1 || point.Integer("depth") == 1) && Math.Abs(point.Real("initial_cosine")) < 1;

    private static SphericalLaw Law(Point point) =>
        point.Choice("input_law") == "sphere" ? SphericalLaw.Sphere((int)point.Integer("inputs")) : SphericalLaw.Gaussian();
}
