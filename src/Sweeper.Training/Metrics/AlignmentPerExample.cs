using Sweeper.Core.Experiments;
using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class AlignmentPerExample : IMetric
{
    /// <inheritdoc/>
    public string Name => "alignment_per_example";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => "`alignment_left` before the mean: of every example (`index`) and mode (`component` mode0, ...). Averaged over seeds and then sorted it shows whether a mode is aligned everywhere or at some inputs only.";

    /// <inheritdoc/>
    public string Shape => "one a split, mode and example";

    /// <inheritdoc/>
    public MetricDirection Better => MetricDirection.Higher;

    /// <inheritdoc/>
    public SingularVectors Vectors => SingularVectors.AlongJacobians;

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => (long)networks.Examples * networks.Modes;

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) =>
        snapshot.Program.Splits.SelectMany(split =>
        {
            var alignment = snapshot.Get(new ExampleAlignment(split.Name));
            return Enumerable.Range(0, (int)alignment.shape[2]).Select(mode => new MetricValues(split.Name, $"mode{mode}", alignment.select(2, mode)));
        });
}
