using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class AlignmentLeft : IMetric
{
    /// <inheritdoc/>
    public string Name => "alignment_left";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => "Mean over examples of |u_teacher . u_student|, output sides of equally ranked modes of the two Jacobians; chance is 0.235 in 12 dimensions, and modes the teacher lacks show only chance (equation 7).";

    /// <inheritdoc/>
    public long Rows(NetworkShape shape) => (long)shape.Splits * shape.Modes;

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) =>
        snapshot.Program.Splits.Select(split => new MetricValues(split.Name, "", 
            Alignment.Mean(snapshot.Get(new TeacherModes(split.Name)).U, snapshot.Get(new JacobianModes(split.Name)).U)));
}
