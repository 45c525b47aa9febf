using Sweeper.Core.Experiments;
using Sweeper.Core.Measurements;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Tables;

namespace Sweeper.Results.Curves;

/// <summary>
/// `curves.parquet`: every cell reduced over the seeds of each curve. A trial that diverged has no rows from its step on:
/// it leaves n and is counted in n_diverged. Equal rows give equal bytes, whatever the history of the folder.
/// </summary>
internal sealed class CurveTable
{
    private readonly TextColumn curveId = new("curve_id");
    private readonly (int Place, ValueColumn Column)[] swept;
    private readonly DerivedColumn[] derived;
    // [derived][curve]
    private readonly Value?[][] derivedValues;
    private readonly NumberColumn<long> step = new("step");
    private readonly SeriesColumns series = new();
    private readonly NumberColumn<int> n = new("n");
    private readonly NumberColumn<int> planned = new("n_planned");
    private readonly NumberColumn<int> diverged = new("n_diverged");
    private readonly OptionalColumn<double>[] statistics =
        [.. new[] { "mean", "std", "sem", "ci95_lo", "ci95_hi", "log_mean", "median", "q25", "q75", "min", "max" }
            .Select(name => new OptionalColumn<double>(name))];

    private readonly TrialTable trials;
    private readonly long[][] divergedSteps;
    private readonly TableWriter table;
    private readonly double[] values;

    /// <param name="stream">Where it is written.</param>
    /// <param name="trials">The planned trials.</param>
    /// <param name="plan">Whose swept hyperparameters and derived values get columns.</param>
    /// <param name="divergedStepOf">Step at which a trial left, by rank; null for the others.</param>
    /// <param name="metadata">Stored in the footer.</param>
    public CurveTable(
        Stream stream, TrialTable trials, SweepPlan plan, Func<int, long?> divergedStepOf,
        IReadOnlyDictionary<string, string> metadata)
    {
        this.trials = trials;
        swept = [.. plan.Swept.Select(axis => (plan.Experiment.IndexOf(axis.Declaration.Name), ValueColumn.For(axis.Declaration)))];
        derived = [.. plan.DerivedOfPoints.Select(DerivedColumn.For)];
        derivedValues = [.. derived
            .Select(column => trials.Curves.Select(curve => column.Derived.Of(trials.Trials[curve.First].Point, 0)).ToArray())];
        divergedSteps = [.. trials.Curves.Select(curve => Enumerable.Range(curve.First, curve.Count)
            .Select(divergedStepOf).OfType<long>().ToArray())];
        values = new double[trials.Curves.Max(curve => curve.Count)];
        IReadOnlyList<Column> columns =
            [curveId, .. swept.Select(column => column.Column.Column), .. derived.Select(column => column.Column), step, .. series.All, n,
                planned, diverged, .. statistics];
        table = new TableWriter(stream, columns, metadata);
    }

    /// <summary>Adds the rows of one cell, one for each curve that has a trial in it.</summary>
    public void Add(CellRows cell)
    {
        var ranks = cell.Ranks.Span;
        var numbers = cell.Values.Span;
        for (var first = 0; first < ranks.Length;)
        {
            var curve = trials.CurveOf[ranks[first]];
            var defined = 0;
            var next = first;
            for (; next < ranks.Length && trials.CurveOf[ranks[next]] == curve; next++)
            {
                if (!double.IsNaN(numbers[next]))
                {
                    values[defined++] = numbers[next];
                }
            }

            AddRow(cell.Cell, curve, SeedStatistics.Of(values.AsSpan(0, defined)));
            first = next;
        }
    }

    /// <summary>Writes what is left and the footer.</summary>
    public void Finish() => table.Finish();

    private void AddRow(Cell cell, int curve, SeedStatistics reduced)
    {
        var trial = trials.Trials[trials.Curves[curve].First];
        curveId.Add(trial.CurveId.Hex);
        foreach (var (place, column) in swept)
        {
            column.Add(trial.Point.Values[place]);
        }

        for (var i = 0; i < derived.Length; i++)
        {
            derived[i].Add(derivedValues[i][curve]);
        }

        step.Add(cell.Step);
        series.Add(cell.Series, cell.Index);
        n.Add(reduced.Count);
        // A prediction stands for no seeds.
        var isRun = cell.Series.Source != MeasurementSource.Theory;
        planned.Add(isRun ? trials.Curves[curve].Count : 1);
        diverged.Add(isRun ? CountUpTo(divergedSteps[curve], cell.Step) : 0);
        ReadOnlySpan<double> row =
        [
            reduced.Mean, reduced.Deviation, reduced.Error, reduced.Low, reduced.High, reduced.LogMean,
            reduced.Median, reduced.LowerQuartile, reduced.UpperQuartile, reduced.Minimum, reduced.Maximum,
        ];
        for (var i = 0; i < row.Length; i++)
        {
            statistics[i].Add(row[i]);
        }

        table.EndRow();
    }

    private static int CountUpTo(long[] steps, long last)
    {
        var count = 0;
        foreach (var at in steps)
        {
            count += at <= last ? 1 : 0;
        }

        return count;
    }
}
