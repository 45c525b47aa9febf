using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class LatentCode : IMetric
{
    /// <inheritdoc/>
    public string Name => "latent_code";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => "The network's outputs at the validation pictures of each class (component: `class 1: latent 2`); indices are examples.";

    /// <inheritdoc/>
    public string Shape => "one an output and validation example";

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => (long)networks.ValidationExamples * networks.Outputs;

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot)
    {
        var codes = snapshot.Get(new Outputs("validation"));
        return Enumerable.Range(0, 2).SelectMany(label => Enumerable.Range(0, (int)codes.shape[2]), (label, latent) => new MetricValues(
            "validation", $"class {label}: latent {latent + 1}", codes.slice(1, label, codes.shape[1], 2).select(2, latent)));
    }
}
