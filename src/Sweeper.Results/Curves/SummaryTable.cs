using Sweeper.Core.Measurements;
using Sweeper.Results.Tables;

namespace Sweeper.Results.Curves;

/// <summary>
/// `summaries.parquet`: for every trial and measured quantity its value at the last asked step (null when the trial
/// diverged before), its smallest and largest value and the first steps that have them. Memory: six numbers of each trial and cell of a
/// step.
/// </summary>
/// <param name="trials">The planned trials.</param>
internal sealed class SummaryTable(TrialTable trials)
{
    private readonly Dictionary<(SeriesKey Series, int Index), Running> running = [];

    /// <summary>Takes the next cell; steps must not descend.</summary>
    public void Add(CellRows cell)
    {
        var key = (cell.Cell.Series, cell.Cell.Index);
        if (!running.TryGetValue(key, out var state))
        {
            running[key] = state = new Running(trials.Trials.Length);
        }

        var ranks = cell.Ranks.Span;
        var values = cell.Values.Span;
        for (var i = 0; i < ranks.Length; i++)
        {
            state.Take(ranks[i], cell.Cell.Step, values[i]);
        }
    }

    /// <summary>Writes the file.</summary>
    /// <param name="stream">Where.</param>
    /// <param name="lastAsked">Last step at which a metric is asked of a trial, by rank; null when it is not.</param>
    /// <param name="metadata">Stored in the footer.</param>
    public void Write(Stream stream, Func<int, string, long?> lastAsked, IReadOnlyDictionary<string, string> metadata)
    {
        var trialId = new TextColumn("trial_id");
        var series = new SeriesColumns();
        var final = new OptionalColumn<double>("final");
        var minimum = new OptionalColumn<double>("min");
        var argumentOfMinimum = new OptionalColumn<long>("argmin_step");
        var maximum = new OptionalColumn<double>("max");
        var argumentOfMaximum = new OptionalColumn<long>("argmax_step");
        var table = new TableWriter(
            stream, [trialId, .. series.All, final, minimum, argumentOfMinimum, maximum, argumentOfMaximum], metadata);
        foreach (var ((key, index), state) in running.OrderBy(item => new Cell(0, item.Key.Series, item.Key.Index)))
        {
            for (var rank = 0; rank < trials.Trials.Length; rank++)
            {
                if (state.LastStep[rank] >= 0)
                {
                    trialId.Add(trials.Trials[rank].Id.Hex);
                    series.Add(key, index);
                    final.Add(state.LastStep[rank] == lastAsked(rank, key.Metric) ? state.Last[rank] : null);
                    state.Smallest.Write(rank, minimum, argumentOfMinimum);
                    state.Largest.Write(rank, maximum, argumentOfMaximum);
                    table.EndRow();
                }
            }
        }

        table.Finish();
    }

    /// <summary>What is known of one quantity so far, by rank.</summary>
    private sealed class Running
    {
        public Running(int trials)
        {
            Last = new double[trials];
            LastStep = new long[trials];
            Smallest = new Extremes(trials);
            Largest = new Extremes(trials);
            Array.Fill(LastStep, -1);
        }

        public double[] Last { get; }

        public long[] LastStep { get; }

        public Extremes Smallest { get; }

        public Extremes Largest { get; }

        public void Take(int rank, long step, double value)
        {
            Last[rank] = value;
            LastStep[rank] = step;
            Smallest.Take(rank, step, value, value < Smallest.Values[rank]);
            Largest.Take(rank, step, value, value > Largest.Values[rank]);
        }
    }

    /// <summary>The value beyond all others so far and the first step that has it, by rank; NaN before there is one.</summary>
    private sealed class Extremes
    {
        private readonly long[] steps;

        public Extremes(int trials)
        {
            Values = new double[trials];
            steps = new long[trials];
            Array.Fill(Values, double.NaN);
        }

        public double[] Values { get; }

        public void Take(int rank, long step, double value, bool isBeyond)
        {
            if (isBeyond || (double.IsNaN(Values[rank]) && !double.IsNaN(value)))
            {
                (Values[rank], steps[rank]) = (value, step);
            }
        }

        public void Write(int rank, OptionalColumn<double> value, OptionalColumn<long> step)
        {
            value.Add(Values[rank]);
            step.Add(double.IsNaN(Values[rank]) ? null : steps[rank]);
        }
    }
}
