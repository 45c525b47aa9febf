using Sweeper.Core.Errors;

namespace Sweeper.Core.Journal;

/// <summary>
/// Which lines of a journal count: a writer that was replaced, and did not know it, may have written after the first line of the one after
/// it. Asked about every line, oldest first.
/// </summary>
public sealed class EpochOrder
{
    /// <summary>Largest epoch so far, 0 before the first line.</summary>
    public int Last { get; private set; }

    /// <summary>Whether a line of this writer counts.</summary>
    public bool Counts(int epoch)
    {
        if (epoch < Last && !PlantedBug.WrongEpochOrder.IsPlanted())
        {
            return false;
        }

        Last = Math.Max(Last, epoch);
        return true;
    }
}
