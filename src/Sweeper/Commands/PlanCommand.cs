using System.CommandLine;
using Sweeper.Composition;
using Sweeper.Core.Errors;
using Sweeper.Core.Sweeps;
using Sweeper.Inspecting;
using Sweeper.Results.Folders;
using Sweeper.Running;
using Sweeper.Terminal;

namespace Sweeper.Commands;

/// <summary>`sweeper plan`: what a sweep file means, and what of it is still to be done. Starts nothing.</summary>
internal static class PlanCommand
{
    public static Command Build(TextWriter output)
    {
        var arguments = new SweepArguments();
        var command = new Command("plan", "Says what a sweep file asks for, and what of it is new. Starts nothing.");
        var json = new Option<bool>("--json") { Description = "as JSON, for programs" };
        arguments.AddTo(command);
        command.Add(json);
        var engine = RulesArguments.EngineOption();
        command.Add(engine);
        command.SetAction(parsed =>
        {
            var plan = arguments.Plan(parsed);
            var rules = RunRules.Usual with { Engine = RulesArguments.EngineOf(parsed.GetValue(engine)) };
            CompositionRoot.Check(plan, rules.Engine);
            var folder = arguments.Folder(parsed, plan);
            Provenance.CheckOwner(new ResultFolder(folder), plan.Name, plan.Experiment.Name);
            var planStatus = PlanStatus.Of(plan, folder, arguments.Scope(parsed, plan)) with { Asked = rules.Engine };
            CompositionRoot.CheckBegun(planStatus, rules);
            if (parsed.GetValue(json))
            {
                PlanJson.Write(output, planStatus);
            }
            else
            {
                PlanReport.Write(output, planStatus);
                if (CompositionRoot.CpuWorkers is { } workers
                    && planStatus.Memory.Warning(workers, MachineMemory.Available()) is { } warning)
                {
                    output.WriteLine(warning);
                }
            }

            return (int)ExitCode.Done;
        });
        return command;
    }
}
