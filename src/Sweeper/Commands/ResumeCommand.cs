using System.CommandLine;
using Sweeper.Core.Sweeps;
using Sweeper.Inspecting;
using Sweeper.Running;
using Sweeper.Terminal;

namespace Sweeper.Commands;

/// <summary>`sweeper resume`: goes on with a results folder as it was last planned, and with what the run before was about.</summary>
internal static class ResumeCommand
{
    public static Command Build(TextWriter output)
    {
        var arguments = new FolderArguments();
        var all =
            new Option<bool>("--all") { Description = "all of the sweep, where the run before was about a part of it (--only, --limit)" };
        var command = new Command("resume", "Goes on with a results folder, without its sweep file: the folder has its own copy.") { all };
        var rules = new RulesArguments();
        var processes = new ProcessArguments();
        arguments.AddTo(command);
        rules.AddTo(command);
        processes.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var asked = processes.Of(parsed);
            var folder = OpenedFolder.Read(arguments.Resolve(parsed));
            var scope = parsed.GetValue(all) ? RunScope.All : folder.LatestScope;
            var how = parsed.GetValue(all) ? "with all of the sweep" : "as the run before";
            output.WriteLine(
                $"{folder.Plan.Name}: goes on {how}: {PlanReport.About(folder.Plan, scope)}{(scope.IsAll ? "" : " (--all for the rest)")}");
            return (int)await SweepRun.ExecuteAsync(folder.Plan, folder.Path, output, scope, rules.Of(parsed), asked);
        });
        return command;
    }
}
