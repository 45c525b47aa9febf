using Sweeper.Core.Experiments;
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
    public string Doc => "How far the student's output modes point where the teacher's do: |u_teacher . u_student| of the equally ranked left singular vectors of the two Jacobians, averaged over examples. 1 is aligned; chance is 0.235 in 12 dimensions, and modes that the teacher lacks show only chance (nonlinear mode decomposition, equation 7).";

    /// <inheritdoc/>
    public string Shape => "one a split and mode";

    /// <inheritdoc/>
    public MetricDirection Better => MetricDirection.Higher;

    /// <inheritdoc/>
    public SingularVectors Vectors => SingularVectors.AlongJacobians;

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => (long)networks.Splits * networks.Modes;

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) =>
        snapshot.Program.Splits.Select(split => new MetricValues(split.Name, "", 
            Alignment.Mean(snapshot.Get(new JacobianProducts(split.Name)).Left)));
}
