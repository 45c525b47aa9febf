using System.CommandLine;
using System.Globalization;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Inspecting;

namespace Sweeper.Commands;

/// <summary>`sweeper logs`: what the logs of runs, coordinators and workers say of a trial or pack.</summary>
internal static class LogsCommand
{
    public static Command Build(TextWriter output)
    {
        var arguments = new FolderArguments();
        var trial = new Option<string?>("--trial")
        {
            Description = "lines about the packs of one trial: the first digits of its id", HelpName = "id",
        };
        var pack = new Option<string?>("--pack") { Description = "lines about one pack", HelpName = "id" };
        var full = new Option<bool>("--full") { Description = "exceptions with their trace, not their first line only" };
        var command = new Command(
            "logs", "Finds the log lines of a trial or pack, over all runs; without either, leases, commits and whatever went wrong.")
        {
            trial, pack, full,
        };
        arguments.AddTo(command);
        command.SetAction(parsed =>
        {
            var folder = OpenedFolder.Read(arguments.Resolve(parsed));
            var packs = Packs(folder, parsed.GetValue(trial), parsed.GetValue(pack));
            var leases = folder.Journal.OfType<JournalEntry.Leased>().Where(leased => packs?.Contains(leased.Pack.Name) == true)
                .Select(leased => leased.Lease).ToHashSet();
            var logs = new SweepLogs(folder);
            var found = logs.Read()
                .Where(line => packs is null
                    ? line.IsTrouble || line.Pack is not null || line.Lease is not null
                    : Concerns(line, packs, leases))
                .OrderBy(line => line.At)
                .ToList();
            foreach (var line in found)
            {
                Write(output, line, parsed.GetValue(full));
            }

            if (found.Count == 0)
            {
                var about = packs is null
                    ? ""
                    : $" of {string.Join(
                        ", ", packs.Order(StringComparer.Ordinal).DefaultIfEmpty("a trial that was never given to a worker"))}";
                output.WriteLine($"the logs say nothing{about}; looked in {string.Join(", ", logs.Folders)}");
            }

            return (int)ExitCode.Done;
        });
        return command;
    }

    /// <summary>Names of the packs that are meant; null for all.</summary>
    private static HashSet<string>? Packs(OpenedFolder folder, string? trial, string? pack)
    {
        if (trial is not null && pack is not null)
        {
            throw new SweepException(ExitCode.Usage, "a trial and a pack are given", "Write --trial or --pack.");
        }

        return trial is not null
            ? PlanArchive.PacksOf(folder, TrialSearch.Find(folder, trial).Id)
                .Select(found => found.Pack.Id.Name).ToHashSet(StringComparer.Ordinal)
            : pack is not null ? [Known(folder, pack)] : null;
    }

    private static string Known(OpenedFolder folder, string pack) =>
        folder.Journal.OfType<JournalEntry.Leased>().Any(leased => leased.Pack.Name == pack)
            ? pack
            : throw new SweepException(
                ExitCode.Usage, $"pack '{pack}' was never given to a worker",
                $"`sweeper show {folder.Path} <trial>` and `sweeper failures {folder.Path}` name packs.");

    private static bool Concerns(LogLine line, HashSet<string> packs, HashSet<long> leases) =>
        (line.Pack is { } pack && packs.Contains(pack)) || (line.Lease is { } lease && leases.Contains(lease));

    private static void Write(TextWriter output, LogLine line, bool full)
    {
        var who = line.Process == "run" ? "" : $" {line.Process}:";
        var level = line.IsTrouble ? $" {line.Level.ToLowerInvariant()}:" : "";
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{line.At.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff}Z{who}{level} {line.Message}"));
        if (line.Exception is { } exception)
        {
            foreach (var part in exception.Split('\n').Take(full ? int.MaxValue : 1))
            {
                output.WriteLine($"  {part.TrimEnd()}");
            }
        }
    }
}
