using Sweeper.Cluster.Machines;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;

namespace Sweeper.Cluster.Coordinator;

/// <summary>
/// Between the decisions of a sweep and the world: lines are journalled together, with one sync, and what waits for them is done then.
/// While they are on their way to the disk, others gather for the next time.
/// </summary>
/// <param name="perform">Does an effect.</param>
internal sealed class GroupCommit(Action<Effect> perform)
{
    private readonly List<JournalEntry> unwritten = [];
    private readonly List<Effect> waiting = [];
    private readonly List<Effect> waitingForWriting = [];
    private JournalEntry[] writing = [];

    /// <summary>What is on its way to the disk.</summary>
    public IReadOnlyList<JournalEntry> Writing => writing;

    /// <summary>Whether lines could be written now.</summary>
    public bool CanBegin => writing.Length == 0 && unwritten.Count > 0;

    /// <summary>Whether something waits for that; lines that nobody waits for may wait for the next that somebody does.</summary>
    public bool IsAwaited => CanBegin && waiting.Count > 0;

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
            case SweepEffect.WhenSaved saved when writing.Length > 0 && !PlantedBug.SyncOmitted.IsPlanted():
                waitingForWriting.Add(saved.Then);
                break;
            case SweepEffect.WhenSaved saved:
                perform(saved.Then);
                break;
            case SweepEffect.Ahead ahead when unwritten.Count + writing.Length > SweepHistory.MostAhead:
                Add(new SweepEffect.WhenSaved(ahead.Then));
                break;
            case SweepEffect.Ahead ahead:
                perform(ahead.Then);
                break;
            default:
                perform(effect);
                break;
        }
    }

    /// <summary>The lines to be written now; <see cref="End"/> or <see cref="Refuse"/> must follow.</summary>
    public JournalEntry[] Begin()
    {
        writing = [.. unwritten];
        unwritten.Clear();
        waitingForWriting.AddRange(waiting);
        waiting.Clear();
        return writing;
    }

    /// <summary>They are on disk: does what waited for them.</summary>
    public void End()
    {
        Effect[] due = [.. waitingForWriting];
        waitingForWriting.Clear();
        writing = [];
        foreach (var effect in due)
        {
            perform(effect);
        }
    }

    /// <summary>The disk refused them. They are tried again with the next; nobody has heard of what was decided, and nobody will.</summary>
    public void Refuse()
    {
        unwritten.InsertRange(0, writing);
        writing = [];
        waitingForWriting.Clear();
        waiting.Clear();
    }

    /// <summary>All at once.</summary>
    /// <param name="append">Journals lines: when it returns they are on disk.</param>
    public void Save(Action<JournalEntry[]> append)
    {
        if (!CanBegin)
        {
            return;
        }

        try
        {
            append(Begin());
        }
        catch
        {
            Refuse();
            throw;
        }

        End();
    }
}
