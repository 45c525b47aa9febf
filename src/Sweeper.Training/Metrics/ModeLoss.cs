using Sweeper.Core.Experiments;
using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class ModeLoss : IMetric
{
    /// <inheritdoc/>
    public string Name => "mode_loss";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => "1 + `loss_contribution` / mean |target|^2: what the loss would be, in units of the targets' power, if this mode were all that the network had learned. It starts near 1, falls where the mode helps and rises above 1 where it harms; the distances from 1 add up to that of `relative_loss`.";

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
        snapshot.Program.Splits.Select(split => new MetricValues(
            split.Name, "", 1
                + snapshot.Get(new JacobianProducts(split.Name)).Contribution() / snapshot.Get(new TargetPower(split.Name)).unsqueeze(1)));
}
