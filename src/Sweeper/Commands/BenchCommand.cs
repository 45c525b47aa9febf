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
            "--device")
        {
            Description = "what trains: cpu, cuda:0, ...", DefaultValueFactory = _ => CompositionRoot.Cpu, HelpName = "device",
        };
        var engine = new Option<string?>("--engine")
        {
            Description = "with what: lanes, fused or torch; by default what a sweep takes that names none",
        };
        engine.AcceptOnlyFromAmong(RulesArguments.Engines);
        var lanes = new Option<int?>("--lanes")
        {
            Description = "networks side by side (default: some tens); a GPU wants hundreds", HelpName = "number",
        };
        var longer = new Option<int>("--longer")
        {
            Description = "how many times the usual steps are done, so that a fast GPU takes a while", DefaultValueFactory = _ => 1,
            HelpName = "times",
        };
        var json = JsonLine.Option();
        var command = new Command(
            "bench",
            "Says within a minute how fast this machine trains and measures, and what the quickstart would take; best "
            + "while nothing else runs.")
        {
            device, engine, lanes, longer, json,
        };
        command.SetAction(parsed =>
        {
            var measured = MachineBenchmark.Measure(
                parsed.GetValue(device)!, RulesArguments.EngineOf(parsed.GetValue(engine)), parsed.GetValue(lanes),
                parsed.GetValue(longer));
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
