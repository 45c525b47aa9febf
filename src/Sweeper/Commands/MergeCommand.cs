using System.CommandLine;
using Sweeper.Composition;
using Sweeper.Core.Errors;
using Sweeper.Core.Sweeps;
using Sweeper.Inspecting;
using Sweeper.Results.Folders;
using Sweeper.Running;
using Sweeper.Terminal;

namespace Sweeper.Commands;

/// <summary>`sweeper merge`: one results folder of a sweep that was trained in parts, on several machines say.</summary>
internal static class MergeCommand
{
    public static Command Build(TextWriter output)
    {
        var target = new Argument<string>("target") { Description = "results folder that takes the trials in; made where there is none" };
        var sources = new Argument<string[]>("source")
        {
            Description = "results folder of the same sweep; it is only read", Arity = ArgumentArity.OneOrMore,
        };
        var sweep = new Option<string?>("--sweep")
        {
            Description = "sweep file with the trials of all, where it cannot be told from the folders", HelpName = "sweep file",
        };
        var mixed = new Option<bool>("--mixed")
        {
            Description = "merge what was computed on machines whose numbers differ in the last bits, too",
        };
        var results = SweepArguments.ResultsOption();
        var command = new Command(
            "merge", "Takes the trials of other results folders of a sweep into one: trained in parts, it is then whole.")
        {
            target, sources, sweep, mixed, results,
        };
        command.SetAction(parsed =>
        {
            var root = parsed.GetValue(results)!;
            var into = parsed.GetValue(target)!;
            var path = Exists(into, root) ? FolderArguments.Find(into, root) : into;
            var from = parsed.GetValue(sources)!.Select(source => FolderArguments.Find(source, root)).DistinctBy(Path.GetFullPath).ToList();
            if (from.Exists(source => Path.GetFullPath(source) == Path.GetFullPath(path)))
            {
                throw new SweepException(
                    ExitCode.Usage, "this folder is the target and a source", "Name another folder to merge into it.", path);
            }

            var asked = parsed.GetValue(sweep) is { } file ? CompositionRoot.Plan(SweepFile.Load(file, SweepOverrides.None)) : null;
            var merge = MergeRun.Prepare(path, from, asked);
            var parts = merge.Execute(parsed.GetValue(mixed), output.WriteLine);
            foreach (var part in parts)
            {
                output.WriteLine($"{part.Path}: {Quantity.Count(part.New, "trial")} merged"
                    + $"{(part.Known > 0 ? $", {part.Known:#,0} there already with equal rows" : "")}"
                    + $"{(part.Failed > 0 ? $", {part.Failed:#,0} failed" : "")}"
                    + $"{(part.Paused > 0
                        ? $"; {Quantity.Count(part.Paused, "pack")} at a checkpoint stay there: `sweeper resume {part.Path}` ends them"
                        : "")}");
            }

            output.WriteLine(
                $"{merge.Plan.Name}: {PlanReport.Progress(PlanStatus.Of(merge.Plan, path))}; curves, summaries and figures "
                + $"are up to date in {path}");
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static bool Exists(string folder, string root) =>
        File.Exists(new ResultFolder(folder).Journal) || File.Exists(new ResultFolder(Path.Combine(root, folder)).Journal);
}
