using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class LinearSplit : IMetric
{
    /// <inheritdoc/>
    public string Name => "linear_split";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => "What the loss would be, in units of the targets' power, if the network were its linear part alone (1 + linear / power of `loss_linear_split`) or the rest alone; and the cross term over the power.";

    /// <inheritdoc/>
    public string Shape => "one a split and part (linear, nonlinear, cross)";

    /// <inheritdoc/>
    public SingularVectors Vectors => SingularVectors.OfJacobians;

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => 3L * networks.Splits;

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) =>
        snapshot.Program.Splits.SelectMany(split =>
        {
            var parts = snapshot.Get(new LinearParts(split.Name));
            var power = snapshot.Get(new TargetPower(split.Name));
            return (MetricValues[])
            [
                new MetricValues(split.Name, "linear", 1 + parts.Linear / power),
                new MetricValues(split.Name, "nonlinear", 1 + parts.Nonlinear / power),
                new MetricValues(split.Name, "cross", parts.Cross / power),
            ];
        });
}
