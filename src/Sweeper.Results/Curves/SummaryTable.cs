using Sweeper.Core.Measurements;
using Sweeper.Results.Tables;

namespace Sweeper.Results.Curves;

/// <summary>
/// `summaries.parquet`: for every trial and measured quantity its value at the last asked step (null when the trial
/// diverged before), its smallest value and the first step that has it. Memory: one number of each trial and cell of a step.
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
        var table = new TableWriter(stream, [trialId, .. series.All, final, minimum, argumentOfMinimum], metadata);
        foreach (var ((key, index), state) in running.OrderBy(item => new Cell(0, item.Key.Series, item.Key.Index)))
        {
            for (var rank = 0; rank < trials.Trials.Length; rank++)
            {
                if (state.LastStep[rank] >= 0)
                {
                    trialId.Add(trials.Trials[rank].Id.Hex);
                    series.Add(key, index);
                    final.Add(state.LastStep[rank] == lastAsked(rank, key.Metric) ? state.Last[rank] : null);
                    minimum.Add(state.Minimum[rank]);
                    argumentOfMinimum.Add(double.IsNaN(state.Minimum[rank]) ? null : state.ArgumentOfMinimum[rank]);
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
            Minimum = new double[trials];
            ArgumentOfMinimum = new long[trials];
            Array.Fill(LastStep, -1);
            Array.Fill(Minimum, double.NaN);
        }

        public double[] Last { get; }

        public long[] LastStep { get; }

        public double[] Minimum { get; }

        public long[] ArgumentOfMinimum { get; }

        public void Take(int rank, long step, double value)
        {
            Last[rank] = value;
            LastStep[rank] = step;
            if (value < Minimum[rank] || (double.IsNaN(Minimum[rank]) && !double.IsNaN(value)))
            {
                Minimum[rank] = value;
                ArgumentOfMinimum[rank] = step;
            }
        }
    }
}
