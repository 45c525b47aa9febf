using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class LossModeLinearSplit : IMetric
{
    /// <inheritdoc/>
    public string Name => "loss_mode_linear_split";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => "`loss_linear_split` mode by mode, everything projected on the left vectors of the network's Jacobian at each example: the three parts of a mode add up to its `loss_contribution`. Complete where outputs are not more than inputs.";

    /// <inheritdoc/>
    public string Shape => "one a split, part (linear, nonlinear, cross) and mode";

    /// <inheritdoc/>
    public SingularVectors Vectors => SingularVectors.OfJacobians;

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => 3L * networks.Splits * networks.Modes;

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) =>
        snapshot.Program.Splits.SelectMany(split =>
        {
            var parts = snapshot.Get(new LinearParts(split.Name));
            return (MetricValues[])
            [
                new MetricValues(split.Name, "linear", parts.ModeLinear),
                new MetricValues(split.Name, "nonlinear", parts.ModeNonlinear),
                new MetricValues(split.Name, "cross", parts.ModeCross),
            ];
        });
}
