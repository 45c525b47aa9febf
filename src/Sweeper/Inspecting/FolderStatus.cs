using System.Collections.Immutable;
using Sweeper.Core.Journal;
using Sweeper.Core.Ports;
using Sweeper.Results.Folders;
using Sweeper.Running;

namespace Sweeper.Inspecting;

/// <summary>How far a sweep is, as its journal says; taken without a lock.</summary>
/// <param name="Sweep">Its name.</param>
/// <param name="Folder">Its results folder.</param>
/// <param name="State">running, done, failed (all is tried, more failed than allowed) or incomplete.</param>
/// <param name="Trials">Of the plan.</param>
/// <param name="Committed">Of these, with all rows that are asked for; those that diverged included.</param>
/// <param name="Diverged">Of these, diverged.</param>
/// <param name="Failed">Given up.</param>
/// <param name="Pending">To be trained.</param>
/// <param name="Orphaned">Committed, and no longer in the sweep file.</param>
/// <param name="Packs">Packs with a pending trial.</param>
/// <param name="Running">Packs in workers' hands, while somebody runs the sweep.</param>
/// <param name="Waiting">Workers that may not train it and why, while somebody runs it.</param>
/// <param name="Writer">Who claims the folder, or null.</param>
/// <param name="LastEnd">The last attempt that ended without a commit, where nothing was committed since; else null.</param>
/// <param name="Cluster">Cluster file of the coordinator in whose queue it is, whether that one lives or not; else null.</param>
internal sealed record FolderStatus(
    string Sweep, string Folder, string State, long Trials, long Committed, long Diverged, long Failed, long Pending, long Orphaned,
    int Packs, ImmutableArray<RunningPack> Running, ImmutableArray<WaitingWorker> Waiting, LockHolder? Writer, EarlyEnd? LastEnd,
    string? Cluster)
{
    /// <summary>Whether nothing changes before somebody runs the sweep again.</summary>
    public bool IsResting => Writer?.IsAlive is not true;

    /// <summary>Reads a folder.</summary>
    public static FolderStatus Of(OpenedFolder folder)
    {
        var planStatus = PlanStatus.Of(new KnownTrials(folder.Plan, folder.History), folder.Path);
        var writer = LockHolder.Read(folder.Path);
        var isHeld = writer is not null and not { IsAlive: false };
        var state = writer?.IsAlive is true ? "running"
            : !planStatus.IsDone ? "incomplete" : planStatus.Failed > folder.Plan.AllowFailed ? "failed" : "done";
        return new FolderStatus(
            folder.Plan.Name, folder.Path, state, folder.Plan.TrialCount, planStatus.Kept, planStatus.Diverged, planStatus.Failed,
            planStatus.New, planStatus.Orphaned, planStatus.NewPacks, isHeld ? RunningPack.Of(folder.Journal) : [],
            isHeld ? WaitingFile.Read(new ResultFolder(folder.Path)) : [], writer, EarlyEnd.Last(folder.Journal),
            folder.History.LatestRun?.Cluster is { } cluster && new SubmissionFile(cluster).Holds(folder.Path) ? cluster : null);
    }
}

/// <summary>A pack that was given to a worker and not given back.</summary>
internal sealed record RunningPack(string Pack, string Worker, int Attempt, DateTimeOffset Since)
{
    /// <summary>Open leases, oldest first.</summary>
    public static ImmutableArray<RunningPack> Of(IEnumerable<JournalEntry> journal) =>
        [.. OpenLeases.Of(journal).Select(leased => new RunningPack(leased.Pack.Name, leased.Worker, leased.Attempt, leased.At))];
}

/// <summary>An attempt that ended without a commit.</summary>
internal sealed record EarlyEnd(string Pack, string Reason, DateTimeOffset At)
{
    /// <summary>The last one; null where something was committed after it.</summary>
    public static EarlyEnd? Last(IReadOnlyList<JournalEntry> journal)
    {
        for (var place = journal.Count - 1; place >= 0 && journal[place] is not JournalEntry.Committed; place--)
        {
            if (journal[place] is JournalEntry.AttemptEnded ended)
            {
                return new EarlyEnd(ended.Pack.Name, ended.Reason, ended.At);
            }
        }

        return null;
    }
}
