using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class UsedInputs : IMetric
{
    /// <inheritdoc/>
    public string Name => "used_inputs";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => "How many inputs the network looks at: (sum c)^2 / sum c^2, c the squared norms of the first matrix's columns. All of them where columns are equally long, 1 where only one is not zero.";

    /// <inheritdoc/>
    public string Shape => "one";

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => 1;

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot)
    {
        var (_, first) = snapshot.Parameters.Weights.First();
        var columns = first.to(TorchSharp.torch.ScalarType.Float64).square().sum(1);
        return [new MetricValues("", "", columns.sum(1).square() / columns.square().sum(1))];
    }
}
