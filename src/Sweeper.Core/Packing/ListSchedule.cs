namespace Sweeper.Core.Packing;

/// <summary>When work is done that idle workers take from a list, one piece after the other.</summary>
public static class ListSchedule
{
    /// <summary>Seconds until the last piece is done; a single long one at the end is not shared.</summary>
    /// <param name="running">Seconds left of the pieces that workers have.</param>
    /// <param name="pending">Seconds of each piece of the list, in its order.</param>
    /// <param name="workers">Workers, those that have a piece included; at least one.</param>
    public static double SecondsToEnd(IEnumerable<double> running, IEnumerable<double> pending, int workers)
    {
        var freeAt = new PriorityQueue<int, double>(running.Select(left => (0, left)));
        while (freeAt.Count < Math.Max(workers, 1))
        {
            freeAt.Enqueue(0, 0);
        }

        var end = freeAt.UnorderedItems.Max(worker => worker.Priority);
        foreach (var piece in pending)
        {
            freeAt.TryPeek(out _, out var from);
            freeAt.DequeueEnqueue(0, from + piece);
            end = Math.Max(end, from + piece);
        }

        return end;
    }
}
