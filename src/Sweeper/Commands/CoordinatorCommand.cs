using System.CommandLine;
using Sweeper.Cluster.Hosting;
using Sweeper.Cluster.Security;
using Sweeper.Composition;
using Sweeper.Core.Errors;
using Sweeper.Results.Folders;

namespace Sweeper.Commands;

/// <summary>`sweeper coordinator`: gives the packs of submitted sweeps to workers, until it is told to stop.</summary>
internal static class CoordinatorCommand
{
    public static Command Build(TextWriter output)
    {
        var arguments = new ClusterArguments();
        var command = new Command("coordinator", "Serves sweeps that are submitted to it; workers and clients find it by its cluster file. Killed and started again, it goes on.");
        var group = new Option<string?>("--group")
        {
            Description = "users of this group may join and submit, too; default: only the one who starts it", HelpName = "name",
        };
        var results = new Option<string[]>("--results")
        {
            Description = "folder under which it writes results (repeatable); default: the current folder", HelpName = "folder", DefaultValueFactory = _ => ["."],
        };
        arguments.AddTo(command);
        command.Add(group);
        command.Add(results);
        command.SetAction(async (parsed, _) => (int)await ServeAsync(
            arguments.File(parsed), parsed.GetValue(group), new ResultRoots(parsed.GetValue(results)!), output));
        return command;
    }

    private static async Task<ExitCode> ServeAsync(ClusterFile cluster, string? group, ResultRoots roots, TextWriter output)
    {
        if (group is not null)
        {
            Share(cluster, group, output);
        }

        var folder = Path.GetDirectoryName(cluster.Path)!;
        Directory.CreateDirectory(folder);
        using var stop = new StopSignals();
        using var only = cluster.Hold();
        using var logs = new Logs(Path.Combine(folder, "logs"), "coordinator");
        var submissions = new SubmissionFile(cluster.Path);

        // A damaged file is said now, not by an actor that begins anew for ever.
        _ = submissions.Load();
        var options = new SweeperNodeOptions
        {
            Catalog = House.Experiments,
            Folders = House.Folders(output.WriteLine, roots),
            Submissions = submissions,
            Say = output.WriteLine,
        };
        while (!stop.IsStopping)
        {
            var credential = ClusterCredential.Create();
            await using var node = await SweeperNode.StartAsync(options with { Credential = credential }, logs.Factory, stop.Token);
            cluster.Publish(node.Address, credential, group);
            output.WriteLine($"coordinator at {node.Address.Host}:{node.Address.Port}, published in {cluster.Path}");
            await output.FlushAsync();
            await Task.WhenAny(node.Removed, Task.Delay(Timeout.Infinite, stop.Token));
            if (node.HasLostCoordinator)
            {
                throw SweepRun.LostCoordinator("Start it again: it goes on where it was.", cluster.Path);
            }

            // A cluster in which all have lost sight of one another may give up its coordinator, too.
            output.WriteLine(stop.IsStopping ? "coordinator ends; what is open goes on with the next one" : "its cluster has given this coordinator up: it begins anew");
        }

        return ExitCode.Preempted;
    }

    /// <summary>What this coordinator writes from here on its group can read.</summary>
    private static void Share(ClusterFile cluster, string group, TextWriter output)
    {
        PrivateFiles.ShareWithGroup();
        if (!cluster.ShareFolder(group))
        {
            var folder = Path.GetDirectoryName(cluster.Path);
            output.WriteLine($"the group '{group}' cannot enter {folder}: `chgrp {group} {folder} && chmod g+rxs {folder}` lets it");
        }
    }
}
