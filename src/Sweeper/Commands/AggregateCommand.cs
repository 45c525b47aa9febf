using System.CommandLine;
using Sweeper.Composition;
using Sweeper.Core.Errors;
using Sweeper.Inspecting;
using Sweeper.Terminal;

namespace Sweeper.Commands;

/// <summary>`sweeper aggregate`: curves, summaries, trials and figures from the committed rows, also of an unfinished sweep.</summary>
internal static class AggregateCommand
{
    public static Command Build(TextWriter output)
    {
        var arguments = new FolderArguments();
        var command = new Command(
            "aggregate", "Averages what is committed so far and draws it; files that would not change are not touched.");
        arguments.AddTo(command);
        command.SetAction(parsed =>
        {
            var folder = OpenedFolder.Read(arguments.Resolve(parsed));
            CompositionRoot.Derive(folder.Plan, folder.Path, output.WriteLine);
            output.WriteLine(
                $"{folder.Plan.Name}: {PlanReport.Progress(PlanStatus.Of(folder.Plan, folder.Path))}; curves, summaries and figures are up "
                + $"to date in {folder.Path}");
            return (int)ExitCode.Done;
        });
        return command;
    }
}
