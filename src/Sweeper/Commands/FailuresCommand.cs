using System.CommandLine;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Inspecting;
using Sweeper.Terminal;

namespace Sweeper.Commands;

/// <summary>`sweeper failures`: what failed, by cause, and what to do about it.</summary>
internal static class FailuresCommand
{
    public static Command Build(TextWriter output)
    {
        var arguments = new FolderArguments();
        var json = JsonLine.Option();
        var command = new Command("failures", "Groups failed trials by cause, and says what to do. Read-only.") { json };
        arguments.AddTo(command);
        command.SetAction(parsed =>
        {
            var folder = OpenedFolder.Read(arguments.Resolve(parsed));
            var planned = folder.Trials.Select(trial => trial.Id).ToHashSet();
            var groups = FailureGroup.Of(folder.Journal, planned.Contains);
            var attempts = EndedAttempts.Of(folder.Journal);
            if (parsed.GetValue(json))
            {
                JsonLine.Write(output, new
                {
                    Failures = groups.Select(group => new
                    {
                        group.Fingerprint, group.Kind, group.Reason, Count = group.Trials.Length,
                        Trials = group.Trials.Select(trial => trial.Hex),
                        Packs = group.Packs.Select(pack => pack.Name), group.Host, group.Worker, group.At,
                        Remedy = Remedy(group, folder.Path),
                    }),
                    Attempts = attempts.Select(alike =>
                        new { alike.Kind, alike.Count, Packs = alike.Packs.Select(pack => pack.Name), alike.Reason }),
                });
            }
            else
            {
                var diverged = folder.History.Trials.Count(trial => trial.Value.DivergedStep is not null && planned.Contains(trial.Key));
                FailureReport.Write(
                    output, folder.Path, groups, attempts, diverged, group => Remedy(group, folder.Path), new SweepLogs(folder).FilesOf);
            }

            return (int)ExitCode.Done;
        });
        return command;
    }

    private static string Remedy(FailureGroup group, string folder) => group.Kind switch
    {
        FailureKind.OutOfMemory => $"lower `lanes` in the sweep file, or free the device, then `sweeper retry {folder} --all`",
        FailureKind.Lost => $"its workers died: look for the cause on their host, then `sweeper retry {folder} --all`",
        FailureKind.Storage => $"mend the disk, then `sweeper retry {folder} --all`",
        _ =>
            $"`sweeper logs {folder} --pack {group.Packs[^1]} --full` shows the trace; mend the cause, then `sweeper retry {folder} --all`",
    };
}
