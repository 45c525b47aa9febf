using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class ModeStrength : IMetric
{
    /// <inheritdoc/>
    public string Name => "mode_strength";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => "Singular values of the network's input-output Jacobian, strongest first, averaged over examples: how much of each mode has been learned. For a linear network they are the singular values of the product of its matrices (nonlinear mode decomposition, equation 6).";

    /// <inheritdoc/>
    public string Shape => "one a split and mode";

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => (long)networks.Splits * networks.Modes;

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) =>
        snapshot.Program.Splits.Select(
            split => new MetricValues(split.Name, "", snapshot.Get(new JacobianSpectrum(split.Name)).mean([1L])));
}
