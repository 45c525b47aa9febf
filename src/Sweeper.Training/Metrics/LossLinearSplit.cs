using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class LossLinearSplit : IMetric
{
    /// <inheritdoc/>
    public string Name => "loss_linear_split";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => "The loss minus `target_power`, split into what the network's linear part adds, mean(|l|^2 - 2 l . target), what the rest adds, mean(|n|^2 - 2 n . target), and their cross term mean 2 l . n, zero on training data. The network's best linear approximation B x is fitted by least squares on the training inputs and used on every split.";

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
            return (MetricValues[])
            [
                new MetricValues(split.Name, "linear", parts.Linear),
                new MetricValues(split.Name, "nonlinear", parts.Nonlinear),
                new MetricValues(split.Name, "cross", parts.Cross),
            ];
        });
}
