using System.CommandLine;
using Sweeper.Composition;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Inspecting;
using Sweeper.Kubernetes;
using Sweeper.Preflight;

namespace Sweeper.Commands;

/// <summary>`sweeper kubernetes`: manifests that run a sweep on a Kubernetes cluster.</summary>
internal static class KubernetesCommand
{
    public static Command Build(TextWriter output)
    {
        var sweep = new SweepArguments();
        var rules = new RulesArguments();
        var workers = new Option<int>("--workers")
        {
            Description = "workers, each a pod with one device", HelpName = "number", Required = true,
        };
        var gpus = new Option<int>("--gpus") { Description = "GPUs of each worker: 1, or 0 where the CPU trains", HelpName = "number" };
        var image = new Option<string>("--image")
        {
            Description = "container image, made with the Dockerfile", HelpName = "name", Required = true,
        };
        var storageClass = new Option<string>("--storage-class")
        {
            Description = "class of the volume for results (`kubectl get storageclass`)", HelpName = "name", Required = true,
        };
        var storage = new Option<string>("--storage")
        {
            Description = "size of that volume", HelpName = "amount", DefaultValueFactory = _ => "10Gi",
        };
        var cpu = new Option<string?>("--cpu") { Description = "cores of each worker; default: 1, with a GPU 2", HelpName = "number" };
        var memory = new Option<string>("--memory")
        {
            Description = "memory of each worker", HelpName = "amount", DefaultValueFactory = _ => "4Gi",
        };
        var name = new Option<string?>("--name")
        {
            Description = "begin of the names of all that is made; default: made of the sweep's name", HelpName = "name",
        };
        var space = new Option<string?>("--namespace")
        {
            Description = "namespace; default: that of whoever applies the manifests", HelpName = "name",
        };
        var secret = new Option<string?>("--secret")
        {
            Description = "a secret that is there already, with a cluster file as `cluster.json`; default: one is made and printed",
            HelpName = "name",
        };
        var data = new Option<string?>("--data")
        {
            Description = "a PersistentVolumeClaim that is there already, with the files of the data sets that the sweep learns; "
                + "workers mount it to read, and look there (SWEEPER_DATA)",
            HelpName = "name",
        };
        var command = new Command(
            "kubernetes", "Prints Kubernetes manifests that run a sweep: a coordinator with a volume, a Job of workers.")
        {
            workers, gpus, image, storageClass, storage, cpu, memory, name, space, secret, data,
        };
        sweep.AddSweepTo(command);
        rules.AddTo(command);
        command.SetAction(parsed =>
        {
            var plan = sweep.Plan(parsed);
            var allowed = rules.Of(parsed);
            var cluster = new AskedCluster(parsed.GetValue(workers), parsed.GetValue(gpus) > 0, "GPUs (--gpus 1)", "the CPU (no --gpus)");
            if (cluster.Faults(allowed.Engine) is [var contradiction, ..])
            {
                throw contradiction;
            }

            CompositionRoot.Check(plan, allowed.Engine);
            var scope = sweep.Scope(parsed, plan);
            var request = new KubernetesRequest(
                parsed.GetValue(name) ?? KubernetesRequest.NameOf(plan.Name), parsed.GetValue(space),
                parsed.GetValue(workers), parsed.GetValue(gpus),
                parsed.GetValue(image)!, parsed.GetValue(storageClass)!, parsed.GetValue(storage)!,
                parsed.GetValue(cpu) ?? (parsed.GetValue(gpus) > 0 ? "2" : "1"), parsed.GetValue(memory)!,
                parsed.GetValue(secret))
            {
                Data = parsed.GetValue(data),
            }.Checked();
            var path = sweep.File(parsed);
            var file = new KubernetesSweep(plan.Name, path, File.ReadAllText(path),
                [.. sweep.Overrides(parsed), .. rules.Words(parsed)]).Checked();
            var lacking = request.Data is null ? CompositionRoot.Datasets(plan) : [];
            // What the volume has already is not known here.
            var notes = cluster.Notes(PlanStatus.Of(new KnownTrials(plan, SweepHistory.Fold([])), file.Name, scope), allowed.Mixed);
            foreach (var note in lacking.IsEmpty ? notes : notes.Add(
                $"note: the sweep learns {string.Join(" and ", lacking.Select(dataset => dataset.Name))} from files, "
                + "and no worker has them: give a volume with --data CLAIM (docs/kubernetes.md)."))
            {
                parsed.InvocationConfiguration.Error.WriteLine(note);
            }

            output.Write(KubernetesManifests.Of(request, file with { Lacking = [.. lacking.Select(dataset => dataset.Name)] }));
            return (int)ExitCode.Done;
        });
        return command;
    }
}
