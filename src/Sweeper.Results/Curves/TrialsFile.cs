using Sweeper.Core.Journal;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Tables;

namespace Sweeper.Results.Curves;

/// <summary>
/// `trials.parquet`: one row for every trial of the plan, with every declared hyperparameter, every derived value, and what became of it.
/// </summary>
internal static class TrialsFile
{
    /// <summary>State of a trial: committed, diverged (committed, but non-finite before its last step), failed or pending.</summary>
    public static string StateOf(TrialRecord? record) => record switch
    {
        null => "pending",
        { Failure: not null } => "failed",
        { DivergedStep: not null } => "diverged",
        _ => "committed",
    };

    /// <summary>Writes the file; rows in the order of <paramref name="trials"/>.</summary>
    public static void Write(
        Stream stream, SweepPlan plan, IEnumerable<Trial> trials, SweepHistory history, IReadOnlyDictionary<string, string> metadata)
    {
        var trialId = new TextColumn("trial_id");
        var curveId = new TextColumn("curve_id");
        var values = plan.Experiment.Hyperparameters.Select(ValueColumn.For).ToArray();
        var derived = plan.Derived.Select(DerivedColumn.For).ToArray();
        var seed = new NumberColumn<long>("seed");
        var state = new TextColumn("state");
        var pack = new TextColumn("pack", isNullable: true);
        var attempts = new NumberColumn<int>("attempts");
        var worker = new TextColumn("worker", isNullable: true);
        var wall = new OptionalColumn<double>("wall_s");
        var diverged = new OptionalColumn<long>("diverged_step");
        var error = new TextColumn("error", isNullable: true);
        var table = new TableWriter(
            stream, [trialId, curveId, .. values.Select(value => value.Column), .. derived.Select(value => value.Column), seed, state,
                pack, attempts, worker, wall, diverged, error], metadata);
        foreach (var trial in trials)
        {
            var record = history.Trials.GetValueOrDefault(trial.Id);
            trialId.Add(trial.Id.Hex);
            curveId.Add(trial.CurveId.Hex);
            for (var i = 0; i < values.Length; i++)
            {
                values[i].Add(trial.Point.Values[i]);
            }

            foreach (var value in derived)
            {
                value.Add(value.Derived.Of(trial.Point, trial.Seed));
            }

            seed.Add(trial.Seed);
            state.Add(StateOf(record));
            pack.Add(record?.Pack.Name);
            attempts.Add(record?.Attempts ?? 0);
            worker.Add(record?.Worker);
            wall.Add(record?.WallSeconds);
            diverged.Add(record?.DivergedStep);
            error.Add(record?.Failure);
            table.EndRow();
        }

        table.Finish();
    }
}
