using Sweeper.Core.Experiments;
using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class RelativeLoss : IMetric
{
    /// <inheritdoc/>
    public string Name => "relative_loss";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => "`loss` divided by that of a network that answers zero, the mean squared norm of the same targets: 1 is nothing learned, 0 is perfect.";

    /// <inheritdoc/>
    public string Shape => "one a split";

    /// <inheritdoc/>
    public MetricDirection Better => MetricDirection.Lower;

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => networks.Splits;

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) =>
        snapshot.Program.Splits.Select(split => new MetricValues(split.Name, "", 
            snapshot.Get(new Losses(split.Name)) / snapshot.Get(new TargetPower(split.Name))));
}
