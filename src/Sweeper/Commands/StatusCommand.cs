using System.CommandLine;
using Sweeper.Composition;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Terminal;

namespace Sweeper.Commands;

/// <summary>`sweeper status`: how far a sweep is, from its journal; changes nothing.</summary>
internal static class StatusCommand
{
    public static Command Build(TextWriter output)
    {
        var arguments = new FolderArguments();
        var command = new Command("status", "Says how far a sweep is. Read-only, at any time.");
        arguments.AddTo(command);
        command.SetAction(parsed =>
        {
            var folder = OpenedFolder.Read(arguments.Resolve(parsed));
            var outlook = Outlook.Of(folder.Plan, folder.Path);
            var diverged = folder.History.Trials.Values.Count(trial => trial.DivergedStep is not null);
            output.WriteLine($"{folder.Plan.Name} in {folder.Path}");
            output.WriteLine($"  {outlook.Kept:#,0} of {folder.Plan.TrialCount:#,0} trials committed{(diverged > 0 ? $" ({diverged} diverged)" : "")}, "
                + $"{outlook.New:#,0} to be trained in {Quantity.Count(outlook.NewPacks, "pack")}{(outlook.Failed > 0 ? $", {outlook.Failed} failed" : "")}");
            foreach (var (reason, count) in Failures(folder.History))
            {
                output.WriteLine($"  failed {count} x: {reason}");
            }

            if (outlook.Orphaned > 0)
            {
                output.WriteLine($"  {outlook.Orphaned:#,0} orphaned trials in the folder that the sweep no longer contains");
            }

            if (!outlook.IsDone)
            {
                output.WriteLine($"  `sweeper resume {folder.Path}` continues");
            }

            return (int)ExitCode.Done;
        });
        return command;
    }

    private static IEnumerable<(string Reason, int Count)> Failures(SweepHistory history) => history.Trials.Values
        .Where(trial => trial.Failure is not null)
        .GroupBy(trial => trial.Failure!, (reason, trials) => (reason, trials.Count()))
        .OrderByDescending(pair => pair.Item2);
}
