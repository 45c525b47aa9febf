using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class TeacherStrength : IMetric
{
    /// <inheritdoc/>
    public string Name => "teacher_strength";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => "Singular values of the teacher's input-output Jacobian, strongest first, averaged over examples: what `mode_strength` grows to. Smaller than teacher_spectrum for a leaky-ReLU teacher, whose inactive units attenuate. Does not change in training.";

    /// <inheritdoc/>
    public string Shape => "one a split and mode";

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => (long)networks.Splits * networks.Modes;

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) =>
        snapshot.Program.Splits.Select(split => new MetricValues(split.Name, "", snapshot.Get(new TeacherModes(split.Name)).S.mean([1L])));
}
