using System.CommandLine;
using Sweeper.Core.Errors;
using Sweeper.Core.Sweeps;
using Sweeper.Core.Sweeps.Reading;
using Sweeper.Results.Folders;

namespace Sweeper.Commands;

/// <summary>The argument of every verb that reads a results folder: the folder, the sweep's name, or the sweep file.</summary>
internal sealed class FolderArguments
{
    private readonly Argument<string> folder =
        new("folder") { Description = "results folder, name of a sweep under --results, or sweep file" };
    private readonly Option<string> results = SweepArguments.ResultsOption();

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Command command)
    {
        command.Add(folder);
        command.Add(results);
    }

    /// <summary>The sweep file, where one was typed; else null.</summary>
    public string? File(ParseResult parsed) => System.IO.File.Exists(parsed.GetValue(folder)!) ? parsed.GetValue(folder) : null;

    /// <summary>The folder of results folders.</summary>
    public string Results(ParseResult parsed) => parsed.GetValue(results)!;

    /// <summary>The results folder that is meant; it exists.</summary>
    public string Resolve(ParseResult parsed) => Find(parsed.GetValue(folder)!, parsed.GetValue(results)!);

    /// <summary>The results folder that is meant; it exists.</summary>
    /// <param name="given">What was typed.</param>
    /// <param name="root">The folder of results folders.</param>
    public static string Find(string given, string root)
    {
        string[] candidates = System.IO.File.Exists(given)
            ? [Path.Combine(root, SweepFile.Load(given, SweepOverrides.None).Name)]
            : [given, Path.Combine(root, given)];
        return candidates.FirstOrDefault(IsResultsFolder)
            ?? throw (candidates.Select(Closed).OfType<string>().FirstOrDefault() is { } closed
                ? new SweepException(
                    ExitCode.Preflight, "you may not look into this folder",
                    "its owner can open a results folder to a group with `chmod -R g+rX`", Path.GetFullPath(closed))
                : candidates.FirstOrDefault(HasSegments) is { } bare
                ? new SweepException(
                    ExitCode.Preflight, "this results folder has lost its journal",
                    "put journal.jsonl back, or `sweeper run <sweep file>` into the same folder: "
                    + "it makes the journal again from the segments, and trains nothing twice",
                    Path.GetFullPath(bare))
                : System.IO.File.Exists(given)
                ? new SweepException(
                    ExitCode.Usage, $"the sweep of '{given}' has no results folder yet", Nearby(candidates[0], root),
                    Path.GetFullPath(candidates[0]))
                : new SweepException(
                    ExitCode.Usage, $"there is no results folder '{given}'", Nearby(given, root), Path.GetFullPath(given)));
    }

    private static bool IsResultsFolder(string path) => System.IO.File.Exists(new ResultFolder(path).Journal);

    /// <summary>The folder on the way to a path that this user may not look into; null where there is none.</summary>
    private static string? Closed(string path)
    {
        for (var folder = Path.GetFullPath(path); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Directory.Exists(folder))
            {
                try
                {
                    // The next name on the way would be found, were it there and were this folder open.
                    _ = Directory.EnumerateFileSystemEntries(folder).Any();
                    return null;
                }
                catch (UnauthorizedAccessException)
                {
                    return folder;
                }
            }
        }

        return null;
    }

    private static bool HasSegments(string path) => Directory.Exists(new ResultFolder(path).Segments);

    private static string Nearby(string given, string root)
    {
        var folders = Directory.Exists(root) ? Directory.GetDirectories(root) : [];
        var known = folders.Where(IsResultsFolder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).ToList();
        return known.Count == 0
            ? $"`sweeper run <sweep file>` makes one; there is none under '{root}' (--results)."
            : NearestName.Remedy(Path.GetFileName(Path.TrimEndingDirectorySeparator(given)), known);
    }
}
