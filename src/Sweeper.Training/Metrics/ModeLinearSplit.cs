using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class ModeLinearSplit : IMetric
{
    /// <inheritdoc/>
    public string Name => "mode_linear_split";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => "The same as `linear_split`, mode by mode: 1 + linear / power, 1 + nonlinear / power and cross / power of `loss_mode_linear_split`.";

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
            var power = snapshot.Get(new TargetPower(split.Name)).unsqueeze(1);
            return (MetricValues[])
            [
                new MetricValues(split.Name, "linear", 1 + parts.ModeLinear / power),
                new MetricValues(split.Name, "nonlinear", 1 + parts.ModeNonlinear / power),
                new MetricValues(split.Name, "cross", parts.ModeCross / power),
            ];
        });
}
