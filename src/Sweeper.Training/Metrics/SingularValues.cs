using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class SingularValues : IMetric
{
    /// <inheritdoc/>
    public string Name => "singular_values";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => "Singular values of each weight matrix, descending.";

    /// <inheritdoc/>
    public string Shape => "one a weight matrix and rank";

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => networks.Layout.Weights.Sum(weight => weight.Rank);

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) =>
        snapshot.Parameters.Weights.Select(weight => new MetricValues("", weight.Name, snapshot.Get(new WeightSpectrum(weight.Name))));
}
