using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class NoiseCoupling : IMetric
{
    /// <inheritdoc/>
    public string Name => "noise_coupling";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => "-2 mean c (u . z), how much of the noise z in the targets each mode of the network has taken up: negative where it fits the noise, which pays on training data only.";

    /// <inheritdoc/>
    public string Shape => "one a split and mode";

    /// <inheritdoc/>
    public SingularVectors Vectors => SingularVectors.OfJacobians;

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => (long)networks.Splits * networks.Modes;

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) =>
        snapshot.Program.Splits.Select(split => new MetricValues(split.Name, "", snapshot.Get(new LossParts(split.Name)).NoiseCoupling()));
}
