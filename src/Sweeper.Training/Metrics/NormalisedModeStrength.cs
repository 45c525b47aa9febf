using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class NormalisedModeStrength : IMetric
{
    // Strengths of modes that a matrix lacks are rounding errors.
    private const double RoundOff = 1e-12;

    /// <inheritdoc/>
    public string Name => "normalised_mode_strength";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => "`mode_strength` divided by the teacher's (`teacher_strength`) on the same examples: 1 is learned. Undefined for modes that the teacher lacks.";

    /// <inheritdoc/>
    public string Shape => "one a split and mode";

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => (long)networks.Splits * networks.Modes;

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) =>
        snapshot.Program.Splits.Select(split =>
        {
            var teacher = snapshot.Get(new TeacherModes(split.Name)).S.mean([1L]);
            var isMissing = teacher.le(teacher.narrow(1, 0, 1) * RoundOff);
            return new MetricValues(
                split.Name, "", (snapshot.Get(new JacobianSpectrum(split.Name)).mean([1L]) / teacher).masked_fill_(isMissing, double.NaN));
        });
}
