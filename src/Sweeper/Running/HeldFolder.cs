using Sweeper.Composition;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;
using Sweeper.Inspecting;
using Sweeper.Results.Folders;

namespace Sweeper.Running;

/// <summary>
/// The results folder of a run, opened before it is known whether there is something to do: opening it may find that less is
/// there than the journal says, or that somebody else writes. The run's coordinator takes it over.
/// </summary>
internal sealed class HeldFolder : ISweepFolders, IDisposable
{
    private readonly ISweepFolders folders;
    private readonly string path;
    private ISweepFolder? opened;

    private HeldFolder(string path, Action<string> note)
    {
        this.path = path;
        Note = note;
        folders = CompositionRoot.Folders(line => Note(line), new ResultRoots([path]));
    }

    /// <summary>Told what is found amiss and repaired.</summary>
    public Action<string> Note { get; set; }

    /// <summary>Opens a folder that is there; one that is not holds nothing, and is made when there is something to put into it.</summary>
    public static HeldFolder Open(SweepPlan plan, string path, Action<string> note)
    {
        RefuseFile(path);
        var held = new HeldFolder(path, note);
        held.opened = Directory.Exists(path) ? held.folders.OpenForWriting(plan, path) : null;
        return held;
    }

    /// <summary>What is open in it.</summary>
    public PlanStatus Count(SweepPlan plan, RunScope scope) => PlanStatus.Of(new KnownTrials(plan, History()), path, scope);

    /// <summary>Brings what is derived up to date.</summary>
    public void Derive(SweepPlan plan)
    {
        opened ??= folders.OpenForWriting(plan, path);
        opened.Derive(plan, History());
    }

    /// <inheritdoc/>
    public ISweepFolder OpenForWriting(SweepPlan plan, string asked) =>
        (Path.GetFullPath(asked) == Path.GetFullPath(path) ? Interlocked.Exchange(ref opened, null) : null)
        ?? folders.OpenForWriting(plan, asked);

    /// <inheritdoc/>
    public void Dispose() => opened?.Dispose();

    /// <summary>A file where a folder has to be made, told before anything is promised.</summary>
    private static void RefuseFile(string path)
    {
        for (var at = Path.GetFullPath(path); at is not null && !Directory.Exists(at); at = Path.GetDirectoryName(at))
        {
            if (File.Exists(at))
            {
                throw new SweepException(
                    ExitCode.Preflight, "this is a file, and results go into a folder", "name a folder with --results", at);
            }
        }
    }

    private SweepHistory History() => SweepHistory.Fold(opened?.Journal.History ?? []);
}
