using System.CommandLine;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Core.Sweeps;
using Sweeper.Inspecting;
using Sweeper.Terminal;

namespace Sweeper.Commands;

/// <summary>`sweeper explain`: why a trial is what it is, and why it would or would not run again.</summary>
internal static class ExplainCommand
{
    public static Command Build(TextWriter output)
    {
        var arguments = new FolderArguments();
        var trial = new Argument<string>("trial") { Description = "the first digits of a trial id" };
        var command = new Command("explain", "Says what makes a trial's id, and why it would or would not run again.");
        arguments.AddTo(command);
        command.Add(trial);
        command.SetAction(parsed =>
        {
            var folder = OpenedFolder.Read(arguments.Resolve(parsed));
            Explain(output, folder, TrialSearch.Find(folder, parsed.GetValue(trial)!));
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static void Explain(TextWriter output, OpenedFolder folder, Trial trial)
    {
        output.WriteLine($"trial {trial.Id}, seed {trial.Seed}, on curve {trial.CurveId}");
        output.WriteLine($"  id from {TrialIdentity.Canonical(trial.Point, trial.Seed)}");
        var schedule = folder.Plan.ScheduleFor(trial.Point);
        output.WriteLine($"  asked for: {schedule.Snapshots.Length} snapshots up to step {schedule.Snapshots[^1].Step} of "
            + string.Join(", ", schedule.Snapshots.SelectMany(snapshot => snapshot.Metrics).Select(metric => metric.Name).Distinct()));
        output.WriteLine("  " + Verdict(folder.History, trial, schedule));
    }

    private static string Verdict(SweepHistory history, Trial trial, Core.Measurements.MeasureSchedule schedule)
    {
        if (!history.Trials.TryGetValue(trial.Id, out var record))
        {
            return "new: it was never committed, `sweeper run` trains it";
        }

        if (record.Failure is not null)
        {
            return $"failed after {Quantity.Count(record.Attempts, "attempt")}: {record.Failure}";
        }

        var segment = history.Segments[record.Segment!];
        var diverged = record.DivergedStep is { } step ? $"; it diverged at step {step}, which is a result" : "";
        return segment.Content.Schedule.Missing(schedule) is var (missingStep, metric)
            ? $"runs again: {record.Segment} has no {metric.Name} (version {metric.Version}) at step {missingStep}"
            : $"committed: {record.Segment} holds all that is asked for{diverged}";
    }
}
