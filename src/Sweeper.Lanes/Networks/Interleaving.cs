using System.Collections.Immutable;

namespace Sweeper.Lanes.Networks;

/// <summary>Rows of numbers, one for each lane, to and from [number][lane].</summary>
internal static unsafe class Interleaving<T>
    where T : unmanaged
{
    /// <summary>Brings the rows of some lanes together.</summary>
    /// <param name="rows">A row for each lane of the pack.</param>
    /// <param name="lanes">Which of them.</param>
    /// <param name="places">Where each number of a row goes.</param>
    /// <param name="into">[number][lane].</param>
    /// <param name="step">From one number of a lane to its next.</param>
    public static void Bring(T* rows, ReadOnlySpan<int> lanes, ImmutableArray<int> places, T* into, nint step)
    {
        for (var lane = 0; lane < lanes.Length; lane++)
        {
            var row = rows + (long)lanes[lane] * places.Length;
            for (var number = 0; number < places.Length; number++)
            {
                into[places[number] * step + lane] = row[number];
            }
        }
    }

    /// <summary>Puts them back.</summary>
    public static void PutBack(T* rows, ReadOnlySpan<int> lanes, ImmutableArray<int> places, T* from, nint step)
    {
        for (var lane = 0; lane < lanes.Length; lane++)
        {
            var row = rows + (long)lanes[lane] * places.Length;
            for (var number = 0; number < places.Length; number++)
            {
                row[number] = from[places[number] * step + lane];
            }
        }
    }
}
