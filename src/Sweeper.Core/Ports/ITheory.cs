using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Measurements;

namespace Sweeper.Core.Ports;

/// <summary>Closed-form predictions: they become rows with source `theory` beside what was trained, and dashed lines.</summary>
public interface ITheory
{
    /// <summary>What figures say of its predictions of a metric; null where it has none.</summary>
    TheoryLabel? LabelOf(string metric);

    /// <summary>What it predicts of an experiment and when, a paragraph each, for its page; none where it predicts nothing of it.</summary>
    ImmutableArray<string> Described(string experiment);

    /// <summary>Raised when it predicts other numbers.</summary>
    int Version { get; }

    /// <summary>What it says of a point at the steps of its schedule; nothing where its assumptions do not hold.</summary>
    IEnumerable<Prediction> Predict(Point point, MeasureSchedule schedule);

    /// <summary>What it says of the variance over seeds of what is measured; nothing where it knows none.</summary>
    IEnumerable<Prediction> Variances(Point point, MeasureSchedule schedule) => [];

    /// <summary>Values of the teacher that a metric of the student tends to, by index; empty where they are not known.</summary>
    ImmutableArray<double> TeacherLevels(Point point, string metric) => [];

    /// <summary>
    /// How the predicted values of a metric over its index are spread where most of them form a continuum; null where they do not.
    /// </summary>
    SpectralDensity? DensityOf(Point point, string metric) => null;
}

/// <summary>A spectrum of a continuum between two edges, and of values by themselves.</summary>
/// <param name="Low">Lower edge.</param>
/// <param name="High">Upper edge.</param>
/// <param name="Number">Values per unit between the edges; its integral is the number of values of the continuum.</param>
/// <param name="Alone">All other values.</param>
public sealed record SpectralDensity(double Low, double High, Func<double, double> Number, ImmutableArray<double> Alone)
{
    /// <summary>Number of values altogether.</summary>
    public required int Count { get; init; }
}

/// <summary>What figures say of a theory.</summary>
/// <param name="Name">In legends: names the assumption it rests on.</param>
/// <param name="Assumption">In captions, after a word for its lines and a colon: what it assumes, in a sentence.</param>
public sealed record TheoryLabel(string Name, string Assumption);

/// <summary>Predicted values of one metric at one step.</summary>
/// <param name="Step">Optimizer steps.</param>
/// <param name="Series">What the values are; its source is <see cref="MeasurementSource.Theory"/>.</param>
/// <param name="Values">By index.</param>
public sealed record Prediction(long Step, SeriesKey Series, ImmutableArray<double> Values);
