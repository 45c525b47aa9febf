using System.CommandLine;
using Sweeper.Composition;

namespace Sweeper.Commands;

/// <summary>`sweeper resume`: goes on with a results folder as it was last planned.</summary>
internal static class ResumeCommand
{
    public static Command Build(TextWriter output)
    {
        var arguments = new FolderArguments();
        var command = new Command("resume", "Goes on with a results folder, without its sweep file: the folder has its own copy.");
        var rules = new RulesArguments();
        var processes = new ProcessArguments();
        arguments.AddTo(command);
        rules.AddTo(command);
        processes.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var folder = OpenedFolder.Read(arguments.Resolve(parsed));
            return (int)await SweepRun.ExecuteAsync(folder.Plan, folder.Path, output, rules: rules.Of(parsed), processes: processes.Of(parsed));
        });
        return command;
    }
}
