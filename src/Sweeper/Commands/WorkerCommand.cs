using System.CommandLine;
using Sweeper.Composition;
using Sweeper.Core.Errors;
using Sweeper.Running;

namespace Sweeper.Commands;

/// <summary>`sweeper worker`: trains packs on one device for the coordinator that a cluster file names.</summary>
internal static class WorkerCommand
{
    public static Command Build(TextWriter output)
    {
        var arguments = new ClusterArguments();
        var listen = new ListenArguments();
        var device = new Option<string>("--device") { Description = "what it trains on: cpu, cuda:0", DefaultValueFactory = _ => "cpu" };
        var name = new Option<string?>("--name")
        {
            Description = "unique in the cluster, and the same when it is started again; by default made of host, device and process",
        };
        var logs = new Option<string?>("--logs")
        {
            Description = "folder of its log; by default `logs` beside the cluster file", HelpName = "folder",
        };
        var drainedIsDone = new Option<bool>("--drained-is-done")
        {
            Description = "end with 0, not 75, when the coordinator sends it away: for supervisors that start again what ends with 75",
        };
        var supervised = new Option<bool>("--supervised")
        {
            Description = "leave when standard input ends: whoever started it is gone", Hidden = true,
        };
        var command = new Command(
            "worker", "Trains on one device for a coordinator, and for the next one when that is gone. One process a device.")
        {
            device, name, logs, drainedIsDone, supervised,
        };
        arguments.AddTo(command);
        listen.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            using var stop = new StopSignals();
            if (parsed.GetValue(supervised))
            {
                new Thread(() => LeaveWithInput(stop)) { IsBackground = true }.Start();
            }

            var (cluster, on) = (arguments.File(parsed), parsed.GetValue(device)!);
            var worker = CompositionRoot.Worker(on, parsed.GetValue(name) ?? $"{Environment.MachineName}/{on}/{Environment.ProcessId}");
            var log = parsed.GetValue(logs) ?? Logs.Beside(cluster.Path);
            var loop = new WorkerLoop(cluster, listen.Of(parsed), worker, log, output.WriteLine)
            {
                WhenDrained = parsed.GetValue(drainedIsDone) ? ExitCode.Done : ExitCode.Preempted,
            };
            return (int)await loop.RunAsync(stop);
        });
        return command;
    }

    private static void LeaveWithInput(StopSignals stop)
    {
        while (Console.In.Read() >= 0)
        {
        }

        stop.Request(ExitCode.Preempted);
    }
}
