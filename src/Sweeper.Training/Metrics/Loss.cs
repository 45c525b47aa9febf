using Sweeper.Core.Experiments;
using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class Loss : IMetric
{
    /// <inheritdoc/>
    public string Name => "loss";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => "Mean over examples. Of teacher-student: the squared error, summed over outputs, (1/n) sum |y - target|^2, whatever scaling is trained; of mlp-classifier: the cross-entropy, in nats. Training targets carry the noise, validation targets do not.";

    /// <inheritdoc/>
    public string Shape => "one a split";

    /// <inheritdoc/>
    public MetricDirection Better => MetricDirection.Lower;

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => networks.Splits;

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) =>
        snapshot.Program.Splits.Select(split => new MetricValues(split.Name, "", snapshot.Get(new Losses(split.Name))));
}
