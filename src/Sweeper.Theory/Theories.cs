using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Measurements;
using Sweeper.Core.Ports;

namespace Sweeper.Theory;

/// <summary>Several theories as one; no two of them predict the same metric.</summary>
/// <param name="all">All of them; where more than one knows the teacher's values, the first counts.</param>
public sealed class Theories(params ImmutableArray<ITheory> all) : ITheory
{
    private const int MostVersions = 1000;

    /// <inheritdoc/>
    public ImmutableArray<string> Described(string experiment) => [.. all.SelectMany(theory => theory.Described(experiment))];

    /// <inheritdoc/>
    public int Version => all.Aggregate(0, (version, theory) => version * MostVersions + theory.Version);

    /// <inheritdoc/>
    public TheoryLabel? LabelOf(string metric) => all.Select(theory => theory.LabelOf(metric)).FirstOrDefault(label => label is not null);

    /// <inheritdoc/>
    public IEnumerable<Prediction> Predict(Point point, MeasureSchedule schedule) =>
        all.SelectMany(theory => theory.Predict(point, schedule));

    /// <inheritdoc/>
    public IEnumerable<Prediction> Variances(Point point, MeasureSchedule schedule) =>
        all.SelectMany(theory => theory.Variances(point, schedule));

    /// <inheritdoc/>
    public ImmutableArray<double> TeacherLevels(Point point, string metric) =>
        all.Select(theory => theory.TeacherLevels(point, metric)).FirstOrDefault(levels => levels.Length > 0, []);

    /// <inheritdoc/>
    public SpectralDensity? DensityOf(Point point, string metric) =>
        all.Select(theory => theory.DensityOf(point, metric)).FirstOrDefault(density => density is not null);
}
