using Sweeper.Core.Measurements;
using Sweeper.Core.Ports;

namespace Sweeper.Results.Curves;

/// <summary>
/// How far trained networks are from what was predicted of them: ln(run / theory) of every seed, undefined where one of the two is not
/// positive. A prediction and what it is of follow one another in the order of rows.
/// </summary>
internal static class DiscrepancyCells
{
    /// <summary>All cells, and after every prediction the discrepancies of the trials that it is of.</summary>
    /// <param name="cells">In the order of rows.</param>
    /// <param name="theory">Which metrics it predicts.</param>
    /// <param name="trials">The plan's trials.</param>
    /// <param name="names">Where series are interned.</param>
    public static IEnumerable<CellRows> Among(IEnumerable<CellRows> cells, ITheory theory, TrialTable trials, SeriesNames names)
    {
        var predicted = new Dictionary<string, bool>(StringComparer.Ordinal);
        (Cell Cell, int[] Ranks, double[] Values)? run = null;
        foreach (var cell in cells)
        {
            yield return cell;
            if (cell.Cell.Series.Source == MeasurementSource.Run)
            {
                // Rows are valid until the next are asked for.
                run = IsPredicted(cell.Cell.Series.Metric) ? (cell.Cell, cell.Ranks.ToArray(), cell.Values.ToArray()) : null;
            }
            else if (run is { } trained && IsOf(cell.Cell, trained.Cell))
            {
                yield return Between(trained.Ranks, trained.Values, cell, trials, names);
            }
        }

        bool IsPredicted(string metric) =>
            predicted.TryGetValue(metric, out var known) ? known : predicted[metric] = theory.LabelOf(metric) is not null;
    }

    private static bool IsOf(Cell prediction, Cell run) => (prediction.Step, prediction.Index) == (run.Step, run.Index)
        && prediction.Series with { Source = MeasurementSource.Run } == run.Series;

    private static CellRows Between(int[] ranks, double[] values, CellRows prediction, TrialTable trials, SeriesNames names)
    {
        var predicted = new Dictionary<int, double>();
        for (var i = 0; i < prediction.Ranks.Length; i++)
        {
            predicted.Add(trials.CurveOf[prediction.Ranks.Span[i]], prediction.Values.Span[i]);
        }

        var kept = Enumerable.Range(0, ranks.Length).Where(i => predicted.ContainsKey(trials.CurveOf[ranks[i]])).ToArray();
        var series = names.Intern(prediction.Cell.Series with { Source = MeasurementSource.Discrepancy });
        return new CellRows(
            prediction.Cell with { Series = series }, Array.ConvertAll(kept, i => ranks[i]),
            Array.ConvertAll(kept, i => Of(values[i], predicted[trials.CurveOf[ranks[i]]])));
    }

    private static double Of(double value, double prediction) => value > 0 && prediction > 0 ? Math.Log(value / prediction) : double.NaN;
}
