using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Measurements;
using Sweeper.Core.Ports;
using Sweeper.Theory.Generalisation;

namespace Sweeper.Theory;

/// <summary>
/// Singular values of noisy data, and what is left of the singular vectors of their signal, in the limit of large matrices
/// (<see cref="Spectra.SpikedMatrix"/>): of `spiked-matrix`, and of what `teacher-student` trains linear students on.
/// </summary>
/// <remarks>
/// Values within the noise are its quantiles in the middles of equal shares. It holds where inputs are white; of randomised targets where
/// there are as many examples as inputs.
/// </remarks>
public sealed class NoisySpectra : ITheory
{
    private static readonly TheoryLabel Limit = new(
        "large matrices", "the limit of large matrices (spiked matrices, Marchenko-Pastur law).");

    /// <inheritdoc/>
    public ImmutableArray<string> Described(string experiment) => experiment switch
    {
        "spiked-matrix" =>
        [
            "`singular_values` and `signal_overlap`, `signal_overlap_left`, `signal_overlap_right`, in the limit of large matrices, for "
            + "all settings; overlaps only of modes with a strength above 0 under structured targets.",
            "Entries of the noise have standard deviation noise / inputs^(1/2). At `noise: 1` the strength of a mode is its "
            + "signal-to-noise ratio.",
        ],
        LinearStudents.Experiment =>
        [
            "`data_strength`, of training, in the limit of large matrices, whoever the student is: for linear teachers and whitened or "
            + "orthonormal inputs; with randomised targets only of orthonormal inputs, as many examples as inputs.",
            "`noise` is the standard deviation of a target. The strength of a mode is its signal-to-noise ratio at a noise of 1 / "
            + "inputs^(1/2) with orthonormal inputs, and of (train_examples / inputs)^(1/2) with whitened ones, of at least as many "
            + "examples as inputs.",
        ],
        _ => [],
    };

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public TheoryLabel? LabelOf(string metric) =>
        metric is "singular_values" or "data_strength" or "signal_overlap" or "signal_overlap_left" or "signal_overlap_right"
            ? Limit : null;

    /// <inheritdoc/>
    public IEnumerable<Prediction> Predict(Point point, MeasureSchedule schedule)
    {
        if (TaskOf(point) is not { } task)
        {
            yield break;
        }

        var asked = schedule.Snapshots.SelectMany(snapshot => snapshot.Metrics).Select(metric => metric.Name).Distinct();
        var series = asked.SelectMany(metric => Values(point, task, metric)).ToDictionary(one => one.Series.Metric);
        foreach (var (step, metric) in schedule.Asked([.. series.Keys]))
        {
            yield return new Prediction(step, series[metric].Series, series[metric].Values);
        }
    }

    /// <inheritdoc/>
    public SpectralDensity? DensityOf(Point point, string metric) =>
        metric is "singular_values" or "data_strength" && TaskOf(point) is { Noise: > 0 } task && Values(point, task, metric).Any()
            ? task.DataDensity(Math.Min(task.Inputs, task.Outputs)) : null;

    private static IEnumerable<(SeriesKey Series, ImmutableArray<double> Values)> Values(Point point, LinearTask task, string metric)
    {
        var isMatrix = point.Experiment.Name == "spiked-matrix";
        var hasSignal = !task.Strengths.IsEmpty;
        return (isMatrix, metric) switch
        {
            (true, "singular_values") => [(Key("", "W1"), Spectrum(task, Math.Min(task.Inputs, task.Outputs)))],
            (true, "signal_overlap") when hasSignal => [(Key("", ""), [.. task.Strengths.Select(task.Data.Overlap)])],
            (true, "signal_overlap_left") when hasSignal => [(Key("", ""), [.. task.Strengths.Select(task.Data.LeftOverlap)])],
            (true, "signal_overlap_right") when hasSignal => [(Key("", ""), [.. task.Strengths.Select(task.Data.RightOverlap)])],
            (false, "data_strength") => [(Key("train", ""), Spectrum(task, Math.Min(task.Inputs, task.Outputs)))],
            _ => [],
        };

        SeriesKey Key(string split, string component) => new(MeasurementSource.Theory, metric, split, component);
    }

    /// <summary>What a point's matrix is made of, strengths descending; null where nothing is known.</summary>
    private static LinearTask? TaskOf(Point point)
    {
        if (point.Experiment is { Name: "spiked-matrix", Version: 1 })
        {
            var task = new LinearTask(
                (int)point.Integer("inputs"), (int)point.Integer("outputs"),
                [.. point.Vector("spectrum").Where(strength => strength > 0).OrderDescending()])
            {
                Noise = point.Real("noise"),
            };
            return point.Choice("targets") == "randomised" ? task.Randomised() : task;
        }

        var isWhite = LinearStudents.IsOurs(point) && point.Choice("teacher") == "linear" && point.Choice("input_law") != "gaussian";
        return isWhite && (point.Choice("targets") == "structured" || HasPowerOfInputs(point)) ? LinearStudents.Task(point) : null;
    }

    /// <summary>Whether the squared norm of the outputs of a teacher is that of its singular values.</summary>
    private static bool HasPowerOfInputs(Point point) =>
        point.Choice("input_law") == "orthonormal" && point.Integer("train_examples") == point.Integer("inputs");

    /// <summary>So many singular values, descending: zeros where the data have no more.</summary>
    private static ImmutableArray<double> Spectrum(LinearTask task, int count) =>
        [.. task.DataSpectrum(), .. Enumerable.Repeat(0.0, count - task.DataModes)];
}
