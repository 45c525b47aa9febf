using Sweeper.Core.Experiments;
using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class AlignmentRight : IMetric
{
    /// <inheritdoc/>
    public string Name => "alignment_right";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => "The same as `alignment_left` for the input modes: |v_teacher . v_student| of the right singular vectors (nonlinear mode decomposition, equation 7).";

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
            Alignment.Mean(snapshot.Get(new JacobianProducts(split.Name)).Right)));
}
