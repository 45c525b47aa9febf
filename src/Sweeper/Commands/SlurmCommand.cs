using System.Collections.Immutable;
using System.CommandLine;
using Sweeper.Composition;
using Sweeper.Core.Errors;
using Sweeper.Core.Packing;
using Sweeper.Core.Sweeps;
using Sweeper.Inspecting;
using Sweeper.Preflight;
using Sweeper.Results.Folders;
using Sweeper.Running;
using Sweeper.Slurm;

namespace Sweeper.Commands;

/// <summary>`sweeper slurm`: a batch script that runs a sweep on the nodes of a SLURM cluster.</summary>
internal static class SlurmCommand
{
    /// <summary>Options of sbatch that are handed on as they are.</summary>
    private static readonly (string Name, string Description)[] HandedOn =
    [
        ("partition", "partition of the cluster"), ("account", "who pays"), ("qos", "quality of service"),
        ("constraint", "features that nodes must have"), ("mem", "memory of each node: 64G"),
    ];

    public static Command Build(TextWriter output)
    {
        var sweep = new SweepArguments();
        var rules = new RulesArguments();
        var nodes = new Option<int>("--nodes")
        {
            Description = "nodes; of --workers-only, jobs of a node each", HelpName = "number", DefaultValueFactory = _ => 1,
        };
        var gpus = new Option<int?>("--gpus-per-node") { Description = "GPUs of each node: a worker for each", HelpName = "number" };
        var cpus = new Option<int?>("--cpus-per-node")
        {
            Description = "cores of each node: without GPUs a worker for each, else shared by the GPUs", HelpName = "number",
        };
        var time = new Option<string>("--time")
        {
            Description = "time limit, as SLURM writes it: 04:00:00; the job is requeued until the sweep is done",
            HelpName = "limit", Required = true,
        };
        var lines = new Option<string[]>("--sbatch")
        {
            Description = "any other option of sbatch: '--exclusive' (repeatable)", HelpName = "option",
        };
        var workersOnly = new Option<bool>("--workers-only")
        {
            Description = "an array of jobs whose workers join the coordinator of a job that runs",
        };
        var submit = new Option<bool>("--submit") { Description = "hand the script to sbatch instead of printing it" };
        var handedOn = HandedOn.Select(option => new Option<string?>($"--{option.Name}")
        {
            Description = option.Description, HelpName = "value",
        }).ToImmutableArray();
        var command = new Command("slurm", "Prints a SLURM batch script that runs a sweep on many nodes, or submits it.")
        {
            nodes, gpus, cpus, time,
        };
        foreach (var option in handedOn)
        {
            command.Add(option);
        }

        command.Add(lines);
        command.Add(workersOnly);
        command.Add(submit);
        sweep.AddTo(command);
        rules.AddTo(command);
        command.SetAction(parsed =>
        {
            var request = new SlurmRequest(
                parsed.GetValue(nodes), parsed.GetValue(gpus), parsed.GetValue(cpus), parsed.GetValue(time)!,
                handedOn.Where(option => parsed.GetValue(option) is not null)
                    .ToImmutableDictionary(option => option.Name.TrimStart('-'), option => parsed.GetValue(option)!),
                [.. parsed.GetValue(lines) ?? []]);
            var allowed = rules.Of(parsed);
            var cluster = new AskedCluster(
                (long)request.Nodes * request.WorkersPerNode, request.IsForGpus, "GPUs (--gpus-per-node N)", "cores (--cpus-per-node N)");
            var plan = CheckedPlan(sweep, parsed, allowed.Engine, [.. request.Faults, .. cluster.Faults(allowed.Engine)]);
            var folder = Path.GetFullPath(sweep.Folder(parsed, plan));
            Provenance.CheckOwner(new ResultFolder(folder), plan.Name, plan.Experiment.Name);
            var planStatus = PlanStatus.Of(plan, folder, sweep.Scope(parsed, plan));
            CompositionRoot.CheckBegun(planStatus, allowed);
            var notes = cluster.Notes(planStatus, allowed.Mixed);
            var script = new SlurmScript(
                plan.Name, [.. sweep.Words(parsed), .. rules.Words(parsed)], sweep.Results(parsed), folder, [.. ThisProgram.Words],
                Environment.CurrentDirectory)
            {
                Notes = notes, Datasets = [.. CompositionRoot.Datasets(plan).Select(dataset => dataset.Name)],
            };
            var isForWorkers = parsed.GetValue(workersOnly);
            var text = isForWorkers ? script.WorkersOnly(request) : script.Everything(request, allowed.Mixed);
            foreach (var note in request.Nodes > 1 && SharedFolderAdvice.Of(folder) is { } advice ? notes.Add(advice) : notes)
            {
                parsed.InvocationConfiguration.Error.WriteLine(note);
            }

            if (!parsed.GetValue(submit))
            {
                output.Write(text);
                return (int)ExitCode.Done;
            }

            var job = Sbatch.Submit(text);
            output.WriteLine($"job {job}: `squeue --me` shows it");
            output.WriteLine($"what it says is in {Path.Combine(Environment.CurrentDirectory, script.Log(job, isForWorkers))}");
            output.WriteLine($"`sweeper status {ShellQuote.Word(folder)} --watch` shows how far the sweep is, once it has begun");
            return (int)ExitCode.Done;
        });
        return command;
    }

    /// <summary>The plan of the sweep file. Throws all that is wrong with it and with what is asked of SLURM as one.</summary>
    private static SweepPlan CheckedPlan(
        SweepArguments sweep, ParseResult parsed, EngineKind? engine, ImmutableArray<SweepException> faults)
    {
        SweepPlan plan;
        try
        {
            plan = sweep.Plan(parsed);
            CompositionRoot.Check(plan, engine);
            _ = sweep.Scope(parsed, plan);
        }
        catch (SweepException fault) when (!faults.IsEmpty)
        {
            throw SweepException.Together([.. faults, fault, .. fault.Others], fault.MayHaveMore);
        }

        return faults.IsEmpty ? plan : throw SweepException.Together(faults);
    }
}
