using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class Count90 : IMetric
{
    /// <inheritdoc/>
    public string Name => "count90";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => "Smallest number of singular values that together carry more than 90 % of their sum; 0 for a zero matrix.";

    /// <inheritdoc/>
    public string Shape => "one a weight matrix";

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => networks.Layout.Weights.Length;

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) =>
        snapshot.Parameters.Weights.Select(weight => new MetricValues("", weight.Name, SpectrumStatistics.Count90(snapshot.Get(new WeightSpectrum(weight.Name)))));
}
