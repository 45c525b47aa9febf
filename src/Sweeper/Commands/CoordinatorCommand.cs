using System.CommandLine;
using Sweeper.Cluster.Hosting;
using Sweeper.Cluster.Security;
using Sweeper.Composition;
using Sweeper.Core.Errors;
using Sweeper.Results.Folders;
using Sweeper.Running;
using Sweeper.Running.Addresses;
using Sweeper.Running.Metrics;

namespace Sweeper.Commands;

/// <summary>`sweeper coordinator`: gives the packs of submitted sweeps to workers, until it is told to stop.</summary>
internal static class CoordinatorCommand
{
    public static Command Build(TextWriter output)
    {
        var arguments = new ClusterArguments();
        var listen = new ListenArguments();
        var command = new Command(
            "coordinator",
            "Serves sweeps that are submitted to it; workers and clients find it by its cluster file. Killed and "
            + "started again, it goes on.");
        var group = new Option<string?>("--group")
        {
            Description = "users of this group may join and submit, too; default: only the one who starts it", HelpName = "name",
        };
        var results = new Option<string[]>("--results")
        {
            Description = "folder under which it writes results (repeatable); default: the current folder", HelpName = "folder",
            DefaultValueFactory = _ => ["."],
        };
        var state = new Option<string?>("--state")
        {
            Description = "folder of its queue, lock and log; default: that of the cluster file", HelpName = "folder",
        };
        var metrics = new Option<string?>("--metrics")
        {
            Description = "serve numbers for Prometheus here, by plain HTTP; a port alone is for this machine only",
            HelpName = "[address:]port",
        };
        arguments.AddTo(command);
        listen.AddTo(command);
        command.Add(group);
        command.Add(results);
        command.Add(state);
        command.Add(metrics);
        command.SetAction(async (parsed, _) => (int)await ServeAsync(
            arguments.File(parsed, parsed.GetValue(state)), listen.Of(parsed), parsed.GetValue(group), parsed.GetValue(results)!,
            parsed.GetValue(metrics) is { } place ? MetricsAddress.Parse(place) : null, output));
        return command;
    }

    private static async Task<ExitCode> ServeAsync(
        ClusterFile cluster, ListenRequest listen, string? group, string[] roots, MetricsAddress? watched, TextWriter output)
    {
        var folders = CompositionRoot.Folders(output.WriteLine, new ResultRoots(roots));
        Check(cluster.Given(), listen, group, cluster.Path);
        if (group is not null)
        {
            Share(cluster, group, output);
        }

        Directory.CreateDirectory(cluster.State);
        using var stop = new StopSignals();
        using var only = cluster.Hold();
        using var logs = new Logs(Path.Combine(cluster.State, "logs"), "coordinator");
        Rendezvous? published = null;
        var submissions = new SubmissionFile(cluster.Path, cluster.State, () => cluster.CheckOwn(published));

        // A damaged file is said now, not by an actor that begins anew for ever.
        _ = submissions.Load();
        using var metrics = watched is null ? null : new MetricsEndpoint(watched, folders, submissions, roots);
        if (watched is not null)
        {
            output.WriteLine($"metrics at {watched.Url}");
        }

        var options = new SweeperNodeOptions
        {
            Catalog = CompositionRoot.Experiments,
            Folders = metrics?.Folders ?? folders,
            Submissions = submissions,
            Say = output.WriteLine,
        };
        while (!stop.IsStopping)
        {
            var given = cluster.Given();
            var credential = given?.Credential ?? ClusterCredential.Create();
            var listener = given is null
                ? await NodePlace.OfCoordinatorAsync(listen)
                : await NodePlace.OfCoordinatorAsync(listen, given.Address);
            await using var node = await SweeperNode.StartAsync(
                options with { Credential = credential, Listener = listener }, logs.Factory, stop.Token);
            published = given is null ? cluster.Publish(node.Address, credential, group) : null;

            output.WriteLine($"coordinator at {node.Address}, {(given is null ? "published in" : "as it is said in")} {cluster.Path}");
            if (given is null && await node.CallItselfAsync() is { } objection)
            {
                output.WriteLine(
                    $"this host itself does not reach it there: {objection}. --advertise a name or address by which others do");
            }

            await output.FlushAsync();
            using var watching = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
            var counting = metrics?.CountWorkersAsync(node.Client, watching.Token);
            var successor = published is null ? Never : cluster.NextAsync(published, stop.Token);
            await Task.WhenAny(node.Removed, successor, Task.Delay(Timeout.Infinite, stop.Token));
            await watching.CancelAsync();
            await (counting ?? Task.CompletedTask);
            if (successor.IsCompletedSuccessfully)
            {
                throw cluster.Replaced(await successor);
            }

            if (node.HasLostCoordinator)
            {
                throw SweepRun.LostCoordinator("Start it again: it goes on where it was.", cluster.Path);
            }

            if (!stop.IsStopping)
            {
                // A cluster in which all have lost sight of one another may give up its coordinator, too.
                output.WriteLine("its cluster has given this coordinator up: it begins anew");
            }
            else if (!submissions.Load().IsEmpty)
            {
                output.WriteLine("coordinator ends; what is open goes on with the next one");
            }
        }

        return ExitCode.Preempted;
    }

    private static Task<Rendezvous> Never { get; } = new TaskCompletionSource<Rendezvous>().Task;

    /// <summary>A file that was made before says where others look for its coordinator, and is not for this one to change.</summary>
    private static void Check(Rendezvous? given, ListenRequest listen, string? group, string path)
    {
        if (given is not null && (listen.Advertise is not null || group is not null))
        {
            throw new SweepException(
                ExitCode.Usage, $"{(group is null ? "--advertise" : "--group")} does not go with a cluster file of `sweeper cluster-file`",
                $"It says already that its coordinator is at {given.Address}; who may read it is up to whoever puts it there.", path);
        }
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
