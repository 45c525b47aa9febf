using System.CommandLine;
using Sweeper.Running;

namespace Sweeper.Commands;

/// <summary>`sweeper submit`: has a sweep run by a coordinator elsewhere.</summary>
internal static class SubmitCommand
{
    public static Command Build(TextWriter output)
    {
        var sweep = new SweepArguments();
        var arguments = new ClusterArguments();
        var listen = new ListenArguments();
        var detach = new Option<bool>("--detach") { Description = "return as soon as it is accepted" };
        var drain = new Option<bool>("--drain")
        {
            Description = "when the sweep is over, send all workers of the coordinator away: nobody else needs them",
        };
        var command = new Command(
            "submit", "Has a sweep run by a coordinator, and shows how far it is. Ctrl-C ends the view, not the sweep.") { detach, drain };
        command.Validators.Add(result =>
        {
            if (result.GetValue(detach) && result.GetValue(drain))
            {
                result.AddError("--drain waits for the end of the sweep, --detach does not");
            }
        });
        var rules = new RulesArguments();
        sweep.AddTo(command);
        rules.AddTo(command);
        arguments.AddTo(command);
        listen.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var plan = sweep.Plan(parsed);
            var folder = Path.GetFullPath(sweep.Folder(parsed, plan));
            return (int)await SubmittedRun.ExecuteAsync(
                plan, folder, sweep.Scope(parsed, plan), rules.Of(parsed), arguments.File(parsed), listen.Of(parsed),
                parsed.GetValue(detach), parsed.GetValue(drain), output);
        });
        return command;
    }
}
