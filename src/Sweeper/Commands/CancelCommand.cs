using System.CommandLine;
using Sweeper.Cluster.Status;
using Sweeper.Composition;
using Sweeper.Core.Errors;
using Sweeper.Results.Folders;

namespace Sweeper.Commands;

/// <summary>`sweeper cancel`: stops a submitted sweep.</summary>
internal static class CancelCommand
{
    public static Command Build(TextWriter output)
    {
        var arguments = new FolderArguments();
        var cluster = new ClusterArguments();
        var command = new Command("cancel", "Stops a sweep that was submitted to a coordinator. What is committed stays; submitted again, it goes on.");
        arguments.AddTo(command);
        cluster.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var folder = Path.GetFullPath(arguments.Resolve(parsed));
            SweepStatus? last = null;
            await CoordinatorTalk.HearAsync(cluster.File(parsed), (client, cancellation) => client.CancelAsync(folder, cancellation), status => last = status);
            if (last is null)
            {
                throw new SweepException(
                    ExitCode.Usage, "the coordinator runs no sweep there",
                    LockHolder.Read(folder) is { IsAlive: true } holder ? $"process {holder.Process} does: end it with Ctrl-C, or `kill {holder.Process}`" : "there is nothing to stop",
                    folder);
            }

            output.WriteLine($"{last.Sweep} is stopped: {last.Trials.Committed:#,0} of {last.Trials.Total:#,0} trials are committed; submitted again, it goes on");
            return (int)ExitCode.Done;
        });
        return command;
    }
}
