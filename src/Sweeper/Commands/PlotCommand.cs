using System.CommandLine;
using Sweeper.Composition;
using Sweeper.Core.Errors;
using Sweeper.Results.Folders;

namespace Sweeper.Commands;

/// <summary>`sweeper plot`: the figures of a results folder, drawn from what is committed.</summary>
internal static class PlotCommand
{
    public static Command Build(TextWriter output)
    {
        var arguments = new FolderArguments();
        var command = new Command("plot", "Draws the figures of a results folder as SVG and PNG, with a CSV of what is drawn.");
        arguments.AddTo(command);
        command.SetAction(parsed =>
        {
            var folder = OpenedFolder.Read(arguments.Resolve(parsed));
            House.Check(folder.Plan);
            House.Derive(folder.Plan, folder.Path, output.WriteLine);
            foreach (var file in Directory.EnumerateFiles(new ResultFolder(folder.Path).Figures).Order(StringComparer.Ordinal))
            {
                output.WriteLine(file);
            }

            return (int)ExitCode.Done;
        });
        return command;
    }
}
