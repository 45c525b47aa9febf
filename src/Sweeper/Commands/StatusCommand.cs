using System.CommandLine;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Inspecting;
using Sweeper.Terminal;

namespace Sweeper.Commands;

/// <summary>`sweeper status`: how far a sweep is, from its journal; changes nothing.</summary>
internal static class StatusCommand
{
    private const int ShortestWait = 1;

    public static Command Build(TextWriter output)
    {
        var arguments = new FolderArguments();
        var watch = new Option<bool>("--watch", "-w") { Description = "go on until nobody runs the sweep; Ctrl-C ends the watching only" };
        var every =
            new Option<int>("--every") { Description = "seconds between two looks", DefaultValueFactory = _ => 2, HelpName = "seconds" };
        var json = JsonLine.Option();
        var command = new Command("status", "Says how far a sweep is, and who runs it. Read-only, at any time.") { watch, every, json };
        arguments.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = arguments.Resolve(parsed);
            var wait = TimeSpan.FromSeconds(Math.Max(ShortestWait, parsed.GetValue(every)));
            var view = new RefreshedText(output);
            while (true)
            {
                var folder = OpenedFolder.Read(path);
                var status = FolderStatus.Of(folder);
                if (parsed.GetValue(json))
                {
                    JsonLine.Write(output, status);
                }
                else
                {
                    view.Show(Text(status, folder.History));
                }

                if (!parsed.GetValue(watch) || status.IsResting)
                {
                    return (int)ExitCode.Done;
                }

                await Task.Delay(wait, cancellation);
            }
        });
        return command;
    }

    private static IEnumerable<string> Text(FolderStatus status, SweepHistory history)
    {
        yield return $"{status.Sweep} in {status.Folder}: {status.State}";
        yield return $"  {status.Committed:#,0} of {status.Trials:#,0} trials "
            + $"committed{(status.Diverged > 0 ? $" ({status.Diverged:#,0} diverged)" : "")}, {status.Pending:#,0} to be trained in "
            + $"{Quantity.Count(status.Packs, "pack")}{(status.Failed > 0 ? $", {status.Failed:#,0} failed" : "")}";
        if (status.Writer is { } writer)
        {
            yield return $"  {Word(writer.IsAlive)} by process {writer.Process} on {writer.Host}";
        }

        foreach (var pack in status.Running)
        {
            yield return $"  pack {pack.Pack} with worker {pack.Worker}, attempt {pack.Attempt}, since {pack.Since.UtcDateTime:HH:mm:ss}Z";
        }

        if (status is { IsResting: false, Pending: > 0, Running.IsEmpty: true })
        {
            yield return "  no worker trains it now" + (!status.Waiting.IsEmpty ? ", and those that are there wait"
                : status.Cluster is { } served ? $": `sweeper worker --cluster {served}` starts one" : "");
        }

        foreach (var alike in status.Waiting.GroupBy(worker => worker.Reason))
        {
            yield return $"  worker {string.Join(", ", alike.Select(worker => worker.Worker))} waits: {alike.Key}";
        }

        foreach (var alike in history.Trials.Values.Where(trial => trial.Failure is not null)
            .GroupBy(trial => FailureFingerprint.Of(trial.Failure!)).OrderByDescending(group => group.Count()))
        {
            yield return $"  failed {alike.Count()} x: {alike.First().Failure}   (`sweeper failures {status.Folder}`)";
        }

        if (history.Numerics.Length > 1)
        {
            yield return $"  computed with {history.Numerics[0]}, and in part with other numbers: "
                + string.Join(" and ", history.Numerics.Skip(1).Select(numerics => NumericsDifference.Of(numerics, history.Numerics[0])))
                + "; equal to the last bits only where the same ones computed";
        }

        if (status.Orphaned > 0)
        {
            yield return $"  {Quantity.Count(status.Orphaned, "orphaned trial")} in the folder that the sweep no longer contains";
        }

        if (status.Pending > 0 && status.IsResting)
        {
            if (status.LastEnd is { } end)
            {
                yield return $"  the last attempt ended {end.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z: {end.Reason}";
            }

            yield return status.Cluster is { } cluster
                ? $"  it was submitted: `sweeper coordinator --cluster {cluster}`, started again, goes on with it"
                : $"  `sweeper resume {status.Folder}` "
                    + $"continues{(history.LatestRun?.Cluster is null ? "" : " here, `sweeper submit` of its file at the coordinator")}";
        }
    }

    private static string Word(bool? isAlive) => isAlive switch
    {
        true => "being run",
        false => "was being run when it was killed,",
        null => "claimed on another host",
    };
}
