namespace Sweeper.Core.Measurements;

/// <summary>What one row's value means, apart from trial, step and index.</summary>
/// <param name="Source">Where the value comes from.</param>
/// <param name="Metric">Metric name.</param>
/// <param name="Split">`train`, `validation`, `test`; empty for metrics of weights.</param>
/// <param name="Component">A layer (`W1`) or a pair of them (`W1-W2`); empty for metrics of the whole network.</param>
/// <param name="Member">Network inside the trial; 0 where there is one.</param>
public sealed record SeriesKey(MeasurementSource Source, string Metric, string Split, string Component, int Member = 0);

/// <summary>Where a measurement comes from.</summary>
public enum MeasurementSource
{
    /// <summary>A trained network.</summary>
    Run,
    /// <summary>A closed-form prediction.</summary>
    Theory,
    /// <summary>How far a trained network is from the prediction: ln(run / theory).</summary>
    Discrepancy,
}

/// <summary>
/// One metric of several trials at one step, dense: the form in which measurements travel. Rows are expanded by the
/// segment writer only.
/// </summary>
/// <param name="Step">Optimizer steps done before the measurement.</param>
/// <param name="Series">What the values are.</param>
/// <param name="Trials">Positions in <see cref="Packing.PackWork.Trials"/>, ascending; diverged trials are absent.</param>
/// <param name="Width">Values per trial: the product of the metric's shape; `index` is row-major over it.</param>
/// <param name="Values">[Trials.Length, Width], row-major; NaN where the metric is undefined (null in a file).</param>
public sealed record MeasurementBlock(long Step, SeriesKey Series, ReadOnlyMemory<int> Trials, int Width, ReadOnlyMemory<double> Values)
    : PackBlock(Step);
