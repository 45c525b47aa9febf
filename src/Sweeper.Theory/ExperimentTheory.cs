using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Measurements;
using Sweeper.Core.Ports;

namespace Sweeper.Theory;

/// <summary>A theory of one experiment. All that it predicts rests on the same assumption.</summary>
/// <param name="name">The experiment, of version 1.</param>
/// <param name="label">What figures say of the theory.</param>
/// <param name="metrics">What it predicts.</param>
public abstract class ExperimentTheory(string name, TheoryLabel label, params string[] metrics) : ITheory
{
    /// <inheritdoc/>
    public abstract int Version { get; }

    /// <summary>What it predicts and when, a paragraph each, for the experiment's page.</summary>
    protected abstract ImmutableArray<string> Description { get; }

    /// <inheritdoc/>
    public ImmutableArray<string> Described(string experiment) => experiment == name ? Description : [];

    /// <inheritdoc/>
    public TheoryLabel? LabelOf(string metric) => metrics.Contains(metric) ? label : null;

    /// <inheritdoc/>
    public IEnumerable<Prediction> Predict(Point point, MeasureSchedule schedule)
    {
        var asked = schedule.Asked(metrics).ToList();
        return asked.Count > 0 && IsOurs(point) && Holds(point) ? Predict(point, asked) : [];
    }

    /// <inheritdoc/>
    public virtual ImmutableArray<double> TeacherLevels(Point point, string metric) => [];

    /// <summary>Whether a point is one of the experiment.</summary>
    protected bool IsOurs(Point point) => point.Experiment.Version == 1 && point.Experiment.Name == name;

    /// <summary>Whether its assumptions hold at a point of the experiment.</summary>
    protected abstract bool Holds(Point point);

    /// <summary>What it says of a point where they hold.</summary>
    /// <param name="point">The point.</param>
    /// <param name="asked">Steps with the metrics asked for there: at least one.</param>
    protected abstract IEnumerable<Prediction> Predict(Point point, IReadOnlyList<(long Step, string Metric)> asked);

    /// <summary>The name of what is predicted.</summary>
    protected static SeriesKey Key(string metric, string split = "", string component = "", int member = 0) =>
        new(MeasurementSource.Theory, metric, split, component, member);
}
