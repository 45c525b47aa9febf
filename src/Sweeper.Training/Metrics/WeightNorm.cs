using Sweeper.Training.Data;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class WeightNorm : IMetric
{
    /// <inheritdoc/>
    public string Name => "weight_norm";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => "Frobenius norm: the root of the sum of squares of the matrix's entries.";

    /// <inheritdoc/>
    public string Shape => "one a weight matrix";

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => networks.Layout.Weights.Length;

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) =>
        snapshot.Parameters.Weights.Select(
            weight => new MetricValues("", weight.Name, FrobeniusNorm.Of(weight.Matrices.to(ScalarType.Float64))));
}
