using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Algebra;

/// <summary>Matrices of a batch that fill a register together.</summary>
internal static class Groups
{
    /// <summary>Does something with every group: its batch, its first matrix, and how many it has.</summary>
    public static void Each<TLanes>(MatrixPlaces places, int threads, Action<int, int, int> work)
        where TLanes : unmanaged, ILanes<TLanes, double> =>
        Each<TLanes, NoMemory>(places, threads, static () => default, (batch, first, lanes, _) => work(batch, first, lanes));

    /// <summary>The same with memory that every thread makes for itself.</summary>
    public static void Each<TLanes, TMemory>(MatrixPlaces places, int threads, Func<TMemory> make, Action<int, int, int, TMemory> work)
        where TLanes : unmanaged, ILanes<TLanes, double>
        where TMemory : IDisposable
    {
        var groups = (places.Count + TLanes.Count - 1) / TLanes.Count;
        Parallel.For(
            0, places.Batches * groups, new ParallelOptions { MaxDegreeOfParallelism = threads }, make,
            (group, _, memory) =>
            {
                var first = group % groups * TLanes.Count;
                work(group / groups, first, Math.Min(TLanes.Count, places.Count - first), memory);
                return memory;
            },
            memory => memory.Dispose());
    }

    private readonly struct NoMemory : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
