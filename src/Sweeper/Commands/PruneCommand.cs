using System.CommandLine;
using Sweeper.Composition;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Inspecting;
using Sweeper.Results.Folders;
using Sweeper.Terminal;

namespace Sweeper.Commands;

/// <summary>`sweeper prune`: removes files that nothing current needs. Journalled; current rows are never touched.</summary>
internal static class PruneCommand
{
    public static Command Build(TextWriter output)
    {
        var arguments = new FolderArguments();
        var dryRun = new Option<bool>("--dry-run") { Description = "say what would go, remove nothing" };
        var orphans = new Option<bool>("--orphans") { Description = "also segments of trials that the sweep file no longer contains" };
        var json = JsonLine.Option();
        var command = new Command(
            "prune", "Removes superseded segments, stale staged files and checkpoints, cut-off journal lines. Never current rows.")
        {
            dryRun, orphans, json,
        };
        arguments.AddTo(command);
        command.SetAction(parsed =>
        {
            var folder = OpenedFolder.Read(arguments.Resolve(parsed));
            var planned = folder.Trials.Select(trial => trial.Id).ToHashSet();
            var all = Leftover.Find(folder.Path, folder.History, planned.Contains);
            var chosen = all.Where(file => file.Kind != LeftoverKind.Orphaned || parsed.GetValue(orphans)).ToList();
            if (!parsed.GetValue(dryRun) && chosen.Count > 0)
            {
                Remove(folder, chosen, output);
            }

            var verb = parsed.GetValue(dryRun) ? "would remove" : "removed";
            if (parsed.GetValue(json))
            {
                JsonLine.Write(output, new { DryRun = parsed.GetValue(dryRun), Bytes = chosen.Sum(file => file.Bytes), Files = chosen });
            }
            else
            {
                Report(output, verb, chosen, [.. all.Except(chosen)]);
                if (Leftover.Inseparable(folder.History, planned.Contains) is > 0 and var inseparable)
                {
                    output.WriteLine($"{Quantity.Count(inseparable, "orphaned trial")} cannot go: "
                        + "their segments hold rows of trials of the file, too, and are never rewritten");
                }
            }

            return (int)ExitCode.Done;
        });
        return command;
    }

    /// <summary>The journal first: what it says is gone may still be there after a crash, and the next prune finds it.</summary>
    private static void Remove(OpenedFolder folder, List<Leftover> chosen, TextWriter output)
    {
        using var opened = CompositionRoot.Folders(output.WriteLine).OpenForWriting(folder.Plan, folder.Path);
        if (opened.Journal.History.Count != folder.Journal.Count)
        {
            throw new SweepException(
                ExitCode.Preflight, "the folder changed while it was looked at", "Run `sweeper prune` again.", folder.Path);
        }

        var segments = chosen.Where(file => file.IsSegment).Select(file => Path.GetFileName(file.Path)).ToList();
        if (segments.Count > 0)
        {
            opened.Journal.Append(new JournalEntry.Pruned([.. segments], DateTimeOffset.UtcNow));
        }

        foreach (var file in chosen)
        {
            File.Delete(Path.Combine(folder.Path, file.Path));
        }
    }

    private static void Report(TextWriter output, string verb, List<Leftover> chosen, List<Leftover> kept)
    {
        if (chosen.Count > 0)
        {
            TextTable.Write(output, ["kind", "size", "file"],
                chosen.Select(file => new[] { JsonLine.Word(file.Kind), Quantity.Bytes(file.Bytes), file.Path }));
            output.WriteLine();
        }

        output.WriteLine(chosen.Count == 0
            ? "nothing to remove: every file is needed"
            : $"{verb} {Quantity.Count(chosen.Count, "file")}, {Quantity.Bytes(chosen.Sum(file => file.Bytes))}");
        if (kept.Count > 0)
        {
            output.WriteLine(
                $"kept {Quantity.Count(kept.Count(file => file.IsSegment), "segment")}, {Quantity.Bytes(kept.Sum(file => file.Bytes))}, "
                + $"with the only rows of {Quantity.Count(kept.Sum(file => file.Trials), "orphaned trial")} (--orphans takes them too; put "
                + "back into the file, they would be trained again)");
        }
    }
}
