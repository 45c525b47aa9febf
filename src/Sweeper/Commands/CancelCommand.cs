using System.CommandLine;
using Sweeper.Core.Errors;
using Sweeper.Inspecting;
using Sweeper.Results.Folders;
using Sweeper.Running;

namespace Sweeper.Commands;

/// <summary>`sweeper cancel`: stops a submitted sweep.</summary>
internal static class CancelCommand
{
    public static Command Build(TextWriter output)
    {
        var arguments = new FolderArguments();
        var cluster = new ClusterArguments();
        var listen = new ListenArguments();
        var command = new Command(
            "cancel", "Stops a sweep that was submitted to a coordinator. What is committed stays; submitted again, it goes on.");
        arguments.AddTo(command);
        cluster.AddTo(command);
        listen.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var folder = Path.GetFullPath(arguments.Resolve(parsed));
            var (file, wasRunning) = (cluster.File(parsed), false);
            if (file.Exists)
            {
                await CoordinatorTalk.HearAsync(
                    file, listen.Of(parsed), (client, cancellation) => client.CancelAsync(folder, cancellation), said => wasRunning = said);
            }

            if (!wasRunning)
            {
                throw new SweepException(ExitCode.Usage, "no coordinator runs a sweep there", Remedy(LockHolder.Read(folder)), folder);
            }

            var status = FolderStatus.Of(OpenedFolder.Read(folder));
            output.WriteLine(
                $"{status.Sweep} is stopped: {status.Committed:#,0} of {status.Trials:#,0} trials are committed; "
                + "submitted again, it goes on");
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static string Remedy(LockHolder? holder) => holder is { IsAlive: true }
        ? $"Process {holder.Process} runs it: end that with Ctrl-C, or `kill {holder.Process}`."
        : "There is nothing to stop; --cluster names the file of another coordinator.";
}
