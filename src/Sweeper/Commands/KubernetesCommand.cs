using System.CommandLine;
using Sweeper.Composition;
using Sweeper.Core.Errors;
using Sweeper.Kubernetes;

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
        var command = new Command(
            "kubernetes", "Prints Kubernetes manifests that run a sweep: a coordinator with a volume, a Job of workers.")
        {
            workers, gpus, image, storageClass, storage, cpu, memory, name, space, secret,
        };
        sweep.AddSweepTo(command);
        rules.AddTo(command);
        command.SetAction(parsed =>
        {
            var plan = sweep.Plan(parsed);
            House.Check(plan);
            _ = sweep.Scope(parsed, plan);
            var request = new KubernetesRequest(
                parsed.GetValue(name) ?? KubernetesRequest.NameOf(plan.Name), parsed.GetValue(space),
                parsed.GetValue(workers), parsed.GetValue(gpus),
                parsed.GetValue(image)!, parsed.GetValue(storageClass)!, parsed.GetValue(storage)!,
                parsed.GetValue(cpu) ?? (parsed.GetValue(gpus) > 0 ? "2" : "1"), parsed.GetValue(memory)!,
                parsed.GetValue(secret)).Checked();
            var path = sweep.File(parsed);
            var file = new KubernetesSweep(plan.Name, path, File.ReadAllText(path),
                [.. sweep.Overrides(parsed), .. rules.Words(parsed)]).Checked();
            output.Write(KubernetesManifests.Of(request, file));
            return (int)ExitCode.Done;
        });
        return command;
    }
}
