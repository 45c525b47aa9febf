using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Measurements;

namespace Sweeper.Core.Ports;

/// <summary>Closed-form predictions: they become rows with source `theory` beside what was trained, and dashed lines.</summary>
public interface ITheory
{
    /// <summary>What a legend calls it: names the assumption it rests on.</summary>
    string Label { get; }

    /// <summary>What it assumes, in a sentence for captions.</summary>
    string Assumption { get; }

    /// <summary>Raised when it predicts other numbers.</summary>
    int Version { get; }

    /// <summary>What it says of a point at the steps of its schedule; nothing where its assumptions do not hold.</summary>
    IEnumerable<Prediction> Predict(Point point, MeasureSchedule schedule);

    /// <summary>Values of the teacher that a metric of the student tends to, by index; empty where they are not known.</summary>
    ImmutableArray<double> TeacherLevels(Point point, string metric);
}

/// <summary>Predicted values of one metric at one step.</summary>
/// <param name="Step">Optimizer steps.</param>
/// <param name="Series">What the values are; its source is <see cref="MeasurementSource.Theory"/>.</param>
/// <param name="Values">By index.</param>
public sealed record Prediction(long Step, SeriesKey Series, ImmutableArray<double> Values);
