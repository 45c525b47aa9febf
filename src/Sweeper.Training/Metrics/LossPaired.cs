using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class LossPaired : IMetric
{
    /// <inheritdoc/>
    public string Name => "loss_paired";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => "Equally ranked modes of teacher and network compared: mean d_a . sum_b d_b with d_a the difference of what the two modes answer (component `modes`; may be negative), and what noise on the targets adds (`noise`); all sum to `loss`.";

    /// <inheritdoc/>
    public string Shape => "one a split, part (modes, noise) and mode";

    /// <inheritdoc/>
    public SingularVectors Vectors => SingularVectors.OfJacobians;

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => networks.Splits * (networks.Modes + 1L);

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) =>
        snapshot.Program.Splits.SelectMany(split => (MetricValues[])
        [
            new MetricValues(split.Name, "modes", snapshot.Get(new LossParts(split.Name)).PairSymmetric()),
            new MetricValues(split.Name, "noise", snapshot.Get(new LossParts(split.Name)).NoiseTerms()),
        ]);
}
