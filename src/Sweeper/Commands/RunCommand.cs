using System.CommandLine;
using Sweeper.Running;

namespace Sweeper.Commands;

/// <summary>`sweeper run`: starts a sweep, or goes on with it; idempotent.</summary>
internal static class RunCommand
{
    public static Command Build(TextWriter output)
    {
        var arguments = new SweepArguments();
        var command = new Command("run", "Trains what of a sweep is not yet committed, and draws it. Run it again to continue.");
        var processes = new ProcessArguments();
        var rules = new RulesArguments();
        processes.AddTo(command);
        rules.AddTo(command);
        arguments.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var plan = arguments.Plan(parsed);
            return (int)await SweepRun.ExecuteAsync(
                plan, arguments.Folder(parsed, plan), output, arguments.Scope(parsed, plan), rules.Of(parsed), processes.Of(parsed));
        });
        return command;
    }
}
