using System.Runtime.CompilerServices;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Algebra;

/// <summary>Registers from numbers at any distance, and back.</summary>
internal static unsafe class Lane<TLanes>
    where TLanes : unmanaged, ILanes<TLanes, double>
{
    /// <summary>The numbers of so many lanes; 0 in others.</summary>
    /// <param name="source">The first.</param>
    /// <param name="step">To the next; 0 for one number in all lanes.</param>
    /// <param name="lanes">How many.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Bring(double* source, nint step, int lanes) =>
        step == 1 && lanes == TLanes.Count ? TLanes.Load(source) : step == 0 ? TLanes.All(*source) : Gather(source, step, lanes);

    /// <summary>Writes the numbers of so many lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put(TLanes value, double* target, nint step, int lanes)
    {
        if (step == 1 && lanes == TLanes.Count)
        {
            TLanes.Store(value, target);
        }
        else
        {
            Scatter(value, target, step, lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TLanes Gather(double* source, nint step, int lanes)
    {
        var numbers = stackalloc double[TLanes.Count];
        for (var lane = 0; lane < TLanes.Count; lane++)
        {
            numbers[lane] = lane < lanes ? source[lane * step] : 0;
        }

        return TLanes.Load(numbers);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scatter(TLanes value, double* target, nint step, int lanes)
    {
        var numbers = stackalloc double[TLanes.Count];
        TLanes.Store(value, numbers);
        for (var lane = 0; lane < lanes; lane++)
        {
            target[lane * step] = numbers[lane];
        }
    }
}
