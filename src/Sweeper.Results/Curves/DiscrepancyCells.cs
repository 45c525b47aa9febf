using Sweeper.Core.Measurements;

namespace Sweeper.Results.Curves;

/// <summary>
/// How far trained networks are from what was predicted of them: ln(run / theory) of every seed, undefined where one of the two is not
/// positive. A prediction and what it is of follow one another in the order of rows.
/// </summary>
internal static class DiscrepancyCells
{
    /// <summary>All cells, and after every prediction the discrepancies of the trials that it is of.</summary>
    public static IEnumerable<CellRows> Among(IEnumerable<CellRows> cells, TrialTable trials, SeriesNames names)
    {
        (Cell Cell, int[] Ranks, double[] Values)? run = null;
        foreach (var cell in cells)
        {
            yield return cell;
            if (cell.Cell.Series.Source == MeasurementSource.Run)
            {
                // Rows are valid until the next are asked for.
                run = (cell.Cell, cell.Ranks.ToArray(), cell.Values.ToArray());
            }
            else if (run is { } trained && IsOf(cell.Cell, trained.Cell))
            {
                yield return Between(trained.Ranks, trained.Values, cell, trials, names);
            }
        }
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
