using Sweeper.Training.Quantities;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class TeacherSingularValues : IMetric
{
    /// <inheritdoc/>
    public string Name => "teacher_singular_values";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Doc => "Singular values of each of the teacher's weight matrices, descending: teacher_spectrum and, for a leaky-ReLU teacher, ones. Does not change in training.";

    /// <inheritdoc/>
    public string Shape => "one a matrix of the teacher and rank";

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => networks.Teacher?.Weights.Sum(weight => weight.Rank) ?? 0;

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot) =>
        (snapshot.Program.Teacher ?? throw new InvalidOperationException("this program has no teacher")).Parameters.Weights
            .Select(weight => new MetricValues("", weight.Name, BatchedSvd.Values(weight.Matrices)));
}
