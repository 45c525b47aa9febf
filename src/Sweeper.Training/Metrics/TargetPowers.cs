using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class TargetPowers : IMetric
{
    /// <inheritdoc/>
    public string Name => "target_power";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => "Mean over examples of |target|^2, the loss of a network that answers zero: `loss` is `relative_loss` times it.";

    /// <inheritdoc/>
    public string Shape => "one a split";

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => networks.Splits;

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) =>
        snapshot.Program.Splits.Select(split => new MetricValues(split.Name, "", snapshot.Get(new TargetPower(split.Name))));
}
