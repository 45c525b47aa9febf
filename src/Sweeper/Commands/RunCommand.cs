using System.CommandLine;
using Sweeper.Composition;

namespace Sweeper.Commands;

/// <summary>`sweeper run`: starts a sweep, or goes on with it; idempotent.</summary>
internal static class RunCommand
{
    public static Command Build(TextWriter output)
    {
        var arguments = new SweepArguments();
        var command = new Command("run", "Trains what of a sweep is not yet committed, and draws it. Run it again to continue.");
        var workers = new Option<int?>("--workers") { Description = "train in so many processes of their own; any of them may die", HelpName = "number" };
        var gpus = new Option<string?>("--gpus") { Description = "a process for each GPU: all, or so many", HelpName = "number" };
        var rules = new RulesArguments();
        command.Add(workers);
        command.Add(gpus);
        rules.AddTo(command);
        arguments.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var plan = arguments.Plan(parsed, House.Experiments);
            var processes = parsed.GetValue(workers) is null && parsed.GetValue(gpus) is null ? null : new ProcessCount(parsed.GetValue(workers), parsed.GetValue(gpus));
            return (int)await SweepRun.ExecuteAsync(plan, arguments.Folder(parsed, plan), output, arguments.Scope(parsed), rules.Of(parsed), processes);
        });
        return command;
    }
}
