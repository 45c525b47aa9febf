using Sweeper.Core.Measurements;
using Sweeper.Core.Ports;

namespace Sweeper.Results.Curves;

/// <summary>Predictions as cells: a prediction knows no seed, so each stands for its whole curve at the curve's first trial.</summary>
internal static class TheoryCells
{
    /// <summary>All predictions for the points of a plan, ascending.</summary>
    /// <param name="theory">What predicts.</param>
    /// <param name="trials">The plan's trials.</param>
    /// <param name="scheduleOf">What is measured of a trial, by rank.</param>
    /// <param name="names">Where series are interned.</param>
    public static IEnumerable<CellRows> Of(ITheory theory, TrialTable trials, Func<int, MeasureSchedule> scheduleOf, SeriesNames names)
    {
        var cells = new SortedDictionary<Cell, List<(int Rank, double Value)>>();
        foreach (var curve in trials.Curves)
        {
            foreach (var prediction in theory.Predict(trials.Trials[curve.First].Point, scheduleOf(curve.First)))
            {
                for (var index = 0; index < prediction.Values.Length; index++)
                {
                    var cell = new Cell(prediction.Step, names.Intern(prediction.Series), index);
                    if (!cells.TryGetValue(cell, out var rows))
                    {
                        cells.Add(cell, rows = []);
                    }

                    rows.Add((curve.First, prediction.Values[index]));
                }
            }
        }

        foreach (var (cell, rows) in cells)
        {
            rows.Sort();
            yield return new CellRows(cell, rows.Select(row => row.Rank).ToArray(), rows.Select(row => row.Value).ToArray());
        }
    }
}
