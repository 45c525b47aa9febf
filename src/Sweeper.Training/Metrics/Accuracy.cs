using Sweeper.Core.Experiments;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class Accuracy : IMetric
{
    /// <inheritdoc/>
    public string Name => "accuracy";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => "Share of the examples whose own class has the largest score. Training labels carry the noise, validation labels do not.";

    /// <inheritdoc/>
    public string Shape => "one a split";

    /// <inheritdoc/>
    public MetricDirection Better => MetricDirection.Higher;

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => networks.Splits;

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) => snapshot.Program.Splits.Select(split =>
        new MetricValues(split.Name, "", Share(snapshot.Get(new Outputs(split.Name)), split.Targets)));

    /// <summary>The law itself: scores [K, n, o], class numbers [K, n] -> [K].</summary>
    public static Tensor Share(Tensor scores, Tensor classes) => scores.argmax(2).eq(classes).to(ScalarType.Float64).mean([1L]);
}
