using System.Collections.Immutable;
using System.CommandLine;
using Sweeper.Composition;
using Sweeper.Core.Errors;
using Sweeper.Core.Sweeps;
using Sweeper.Inspecting;
using Sweeper.Results.Figures;
using Sweeper.Results.Folders;
using Sweeper.Running;

namespace Sweeper.Commands;

/// <summary>`sweeper plot`: the figures of a results folder, or any others of the same results.</summary>
internal static class PlotCommand
{
    private const string FigureOption = "--figure";

    public static Command Build(TextWriter output)
    {
        var arguments = new FolderArguments();
        var figures = new Option<string[]>(FigureOption)
        {
            Description = "draw this instead: a metric, or '{ metric: loss, x: noise, reduce: minimum }' as in a sweep file (repeatable); "
                + "the results folder stays as it is",
            HelpName = "figure",
        };
        var target = new Option<string?>("--out")
        {
            Description = "draw into this folder; the results folder stays as it is (with --figure the default is the current folder)",
            HelpName = "folder",
        };
        var command = new Command("plot", "Draws the figures of a results folder as SVG and PNG, with a CSV of what is drawn.");
        arguments.AddTo(command);
        command.Add(figures);
        command.Add(target);
        command.SetAction(parsed =>
        {
            var folder = OpenedFolder.Read(arguments.Resolve(parsed));
            var asked = parsed.GetValue(figures) ?? [];
            var files = asked.Length == 0 && parsed.GetValue(target) is null
                ? Derived(folder, output)
                : Drawn(
                    folder, [.. asked.Select(text => folder.Plan.ReadFigure(FigureOption, text))], parsed.GetValue(target) ?? ".", output);
            foreach (var file in files.Order(StringComparer.Ordinal))
            {
                output.WriteLine(file);
            }

            return (int)ExitCode.Done;
        });
        return command;
    }

    private static ImmutableArray<string> Drawn(OpenedFolder folder, ImmutableArray<FigureSpec> figures, string target, TextWriter output)
    {
        if (File.Exists(target))
        {
            throw new SweepException(
                ExitCode.Usage, "a file stands where the folder of figures is to be", "Give another folder with --out.", target);
        }

        using var asOthers = PrivateFiles.ForOutput();
        return FigureFiles.Write(folder.Path, folder.Plan, figures, target, CompositionRoot.Theory, output.WriteLine);
    }

    private static IEnumerable<string> Derived(OpenedFolder folder, TextWriter output)
    {
        CompositionRoot.Check(folder.Plan);
        CompositionRoot.Derive(folder.Plan, folder.Path, output.WriteLine);
        return Directory.EnumerateFiles(new ResultFolder(folder.Path).Figures);
    }
}
