using System.CommandLine;
using Sweeper.Benchmarks;
using Sweeper.Composition;
using Sweeper.Core.Errors;
using Sweeper.Terminal;

namespace Sweeper.Commands;

/// <summary>`sweeper bench`: what this machine does.</summary>
internal static class BenchCommand
{
    public static Command Build(TextWriter output)
    {
        var device = new Option<string>(
            "--device") { Description = "what trains: cpu, cuda:0, ...", DefaultValueFactory = _ => House.Cpu, HelpName = "device" };
        var json = JsonLine.Option();
        var command = new Command("bench", "Says within a minute how fast this machine trains and measures, and what the quickstart would take; best while nothing else runs.")
        {
            device, json,
        };
        command.SetAction(parsed =>
        {
            var measured = MachineBenchmark.Measure(parsed.GetValue(device)!);
            if (parsed.GetValue(json))
            {
                JsonLine.Write(output, measured);
            }
            else
            {
                BenchmarkReport.Write(output, measured);
            }

            return (int)ExitCode.Done;
        });
        return command;
    }
}
