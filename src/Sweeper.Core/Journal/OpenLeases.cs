namespace Sweeper.Core.Journal;

/// <summary>The leases of a journal that neither ended nor were committed: packs in workers' hands, or abandoned by a crash.</summary>
public static class OpenLeases
{
    /// <summary>Oldest first.</summary>
    public static IReadOnlyCollection<JournalEntry.Leased> Of(IEnumerable<JournalEntry> entries)
    {
        var open = new SortedDictionary<long, JournalEntry.Leased>();
        foreach (var entry in entries)
        {
            switch (entry)
            {
                case JournalEntry.Leased leased:
                    open[leased.Lease] = leased;
                    break;
                case JournalEntry.AttemptEnded ended:
                    open.Remove(ended.Lease);
                    break;
                case JournalEntry.Committed committed:
                    open.Remove(committed.Lease);
                    break;
            }
        }

        return open.Values;
    }
}
