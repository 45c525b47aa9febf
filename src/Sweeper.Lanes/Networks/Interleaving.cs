using Sweeper.Lanes.Networks.Kernels;

namespace Sweeper.Lanes.Networks;

/// <summary>
/// Rows of numbers, one for each lane, to and from [number][lane]: matrices that are turned, one for each run of numbers and of lanes.
/// </summary>
internal static unsafe class Interleaving<T>
    where T : unmanaged
{
    /// <summary>Brings the rows of some lanes together.</summary>
    /// <param name="rows">A row for each lane of the pack.</param>
    /// <param name="lanes">Which of them.</param>
    /// <param name="memory">Where each number of a row goes.</param>
    /// <param name="into">[number][lane].</param>
    /// <param name="step">From one number of a lane to its next.</param>
    public static void Bring(T* rows, ReadOnlySpan<int> lanes, MlpMemory memory, T* into, nint step)
    {
        for (int lane = 0, count; lane < lanes.Length; lane += count)
        {
            count = Neighbours(lanes[lane..]);
            var row = rows + (long)lanes[lane] * memory.Numbers;
            foreach (var run in memory.Runs)
            {
                Transposition<T>.Of(
                    row + run.Number, memory.Numbers, into + run.Place * step + lane, run.Step * step, count, run.Length);
            }
        }
    }

    /// <summary>Puts them back.</summary>
    public static void PutBack(T* rows, ReadOnlySpan<int> lanes, MlpMemory memory, T* from, nint step)
    {
        for (int lane = 0, count; lane < lanes.Length; lane += count)
        {
            count = Neighbours(lanes[lane..]);
            var row = rows + (long)lanes[lane] * memory.Numbers;
            foreach (var run in memory.Runs)
            {
                Transposition<T>.Of(
                    from + run.Place * step + lane, run.Step * step, row + run.Number, memory.Numbers, run.Length, count);
            }
        }
    }

    /// <summary>How many lanes from the first on are neighbours.</summary>
    private static int Neighbours(ReadOnlySpan<int> lanes)
    {
        var count = 1;
        while (count < lanes.Length && lanes[count] == lanes[0] + count)
        {
            count++;
        }

        return count;
    }
}
