using Sweeper.Core.Experiments;
using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class LossContribution : IMetric
{
    /// <inheritdoc/>
    public string Name => "loss_contribution";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => "What each mode of the network adds to the loss, mean(c^2 - 2 c t) over examples with c = s (v . x) its output and t = u . target what was wanted of it; sums over modes to `loss` minus `target_power`. Complete where outputs are not more than inputs.";

    /// <inheritdoc/>
    public string Shape => "one a split and mode";

    /// <inheritdoc/>
    public MetricDirection Better => MetricDirection.Lower;

    /// <inheritdoc/>
    public SingularVectors Vectors => SingularVectors.AlongJacobians;

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => (long)networks.Splits * networks.Modes;

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) =>
        snapshot.Program.Splits.Select(
            split => new MetricValues(split.Name, "", snapshot.Get(new JacobianProducts(split.Name)).Contribution()));
}
