using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Measurements;
using Sweeper.Core.Ports;

namespace Sweeper.Tests.Results;

/// <summary>Predicts 1/2, 1/4 for two modes, whenever they are measured.</summary>
/// <param name="holds">Of which points; null for all.</param>
internal sealed class Halves(Func<Point, bool>? holds = null) : ITheory
{
    public TheoryLabel? LabelOf(string metric) => metric == "modes" ? new TheoryLabel("halves", "halves.") : null;

    public System.Collections.Immutable.ImmutableArray<string> Described(string experiment) => [];

    public int Version => 1;

    public IEnumerable<Prediction> Predict(Point point, MeasureSchedule schedule) => schedule.Snapshots
        .Where(snapshot => holds?.Invoke(point) != false && snapshot.Metrics.Any(metric => metric.Name == "modes"))
        .Select(snapshot => new Prediction(snapshot.Step, new SeriesKey(MeasurementSource.Theory, "modes", "", ""), [0.5, 0.25]));

    public ImmutableArray<double> TeacherLevels(Point point, string metric) => metric == "modes" ? [0.75] : [];
}
