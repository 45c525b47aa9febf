using Sweeper.Cluster.Machines;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;

namespace Sweeper.Cluster.Coordinator;

/// <summary>
/// Between the decisions of a sweep and the world: lines are journalled together, with one sync, and what waits for them is done then.
/// </summary>
/// <param name="append">Journals lines: when it returns they are on disk.</param>
/// <param name="perform">Does an effect.</param>
internal sealed class GroupCommit(Action<JournalEntry[]> append, Action<Effect> perform)
{
    private readonly List<JournalEntry> unwritten = [];
    private readonly List<Effect> waiting = [];

    /// <summary>What is to be saved.</summary>
    public IReadOnlyList<JournalEntry> Lines => unwritten;

    /// <summary>Whether something waits for them; others may wait for the next that does.</summary>
    public bool IsAwaited => waiting.Count > 0;

    /// <summary>Takes what was decided.</summary>
    public void Add(Effect effect)
    {
        switch (effect)
        {
            case SweepEffect.Journal journal:
                unwritten.AddRange(journal.Lines);
                break;
            case SweepEffect.WhenSaved saved when unwritten.Count > 0 && !PlantedBug.SyncOmitted.IsPlanted():
                waiting.Add(saved.Then);
                break;
            case SweepEffect.WhenSaved saved:
                perform(saved.Then);
                break;
            default:
                perform(effect);
                break;
        }
    }

    /// <summary>Journals, then does what waits for it. Where the disk refuses, nobody has heard of it, and nobody will.</summary>
    public void Save()
    {
        Effect[] due = [.. waiting];
        waiting.Clear();
        if (unwritten.Count > 0)
        {
            append([.. unwritten]);
            unwritten.Clear();
        }

        foreach (var effect in due)
        {
            perform(effect);
        }
    }
}
