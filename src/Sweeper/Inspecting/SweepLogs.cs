using System.Collections.Immutable;
using Sweeper.Core.Journal;
using Sweeper.Results.Folders;
using Sweeper.Running;

namespace Sweeper.Inspecting;

/// <summary>
/// The logs that tell of a sweep: those in its folder, and those beside the cluster files of the coordinators that ran it, which other
/// sweeps share. Where a process was told to log elsewhere (`--logs`), nobody knows.
/// </summary>
/// <param name="folder">Its results folder.</param>
internal sealed class SweepLogs(OpenedFolder folder)
{
    /// <summary>Folders of logs, that of the sweep first.</summary>
    public ImmutableArray<string> Folders { get; } =
    [
        new ResultFolder(folder.Path).Logs,
        .. folder.Journal.OfType<JournalEntry.Opened>().Select(opened => opened.Cluster).OfType<string>().Select(Logs.Beside).Distinct(),
    ];

    /// <summary>All lines of its own logs, and those of shared ones that name one of its packs.</summary>
    public IEnumerable<LogLine> Read()
    {
        var packs = folder.Journal.OfType<JournalEntry.Leased>().Select(leased => leased.Pack.Name).ToHashSet(StringComparer.Ordinal);
        return LogLine.Read(Folders[0])
            .Concat(Folders.Skip(1).SelectMany(LogLine.Read).Where(line => line.Pack is { } pack && packs.Contains(pack)));
    }

    /// <summary>Logs of a worker that has a process of its own, oldest first; of one inside a run there are none.</summary>
    public IEnumerable<string> FilesOf(string worker) => Folders.SelectMany(logs => LogLine.FilesOf(logs, worker));
}
