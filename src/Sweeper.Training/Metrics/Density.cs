using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class Density : IMetric
{
    /// <inheritdoc/>
    public string Name => "density";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => "Share of a matrix's weights that are not zero: what a mask leaves of it.";

    /// <inheritdoc/>
    public string Shape => "one a weight matrix";

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => networks.Layout.Weights.Length;

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) => snapshot.Parameters.Weights
        .Select(weight => new MetricValues("", weight.Name, weight.Matrices.ne(0).to(ScalarType.Float64).mean([1L, 2L])));
}
