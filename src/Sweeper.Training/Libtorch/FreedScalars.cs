namespace Sweeper.Training.Libtorch;

/// <summary>
/// Scalars that TorchSharp has freed, held back for some time: it passes the address of a scalar to libtorch and keeps no reference to the
/// scalar itself, so that the garbage collector may free it while libtorch still has to read it (`x + y`, `x * 2`, `x.square()`). Four busy
/// threads beside three that collect without end met 70 errors in 25 seconds, and wrong numbers are possible; none since.
/// </summary>
/// <param name="free">Frees one for good.</param>
/// <param name="clock">Tells how long they have been held.</param>
internal sealed class FreedScalars(Action<nint> free, TimeProvider clock)
{
    /// <summary>Every scalar is held for this long at least: libtorch reads one within microseconds of being called.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private List<nint> newer = [], older = [];
    private long began = clock.GetTimestamp();

    /// <summary>Takes one, and frees those that have been held long enough.</summary>
    public void Add(nint scalar)
    {
        lock (gate)
        {
            // Of the older ones none was taken after the newer ones began; a process that was stopped for long frees only these.
            if (clock.GetElapsedTime(began) >= Least)
            {
                older.ForEach(free);
                older.Clear();
                (newer, older, began) = (older, newer, clock.GetTimestamp());
            }

            newer.Add(scalar);
        }
    }
}
