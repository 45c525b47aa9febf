using System.Numerics;
using System.Runtime.Intrinsics;

namespace Sweeper.Lanes.Vectors;

/// <summary>What is done with registers of any width: always with the same bits.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal interface ILaneWork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Does it.</summary>
    void With<TLanes>()
        where TLanes : unmanaged, ILanes<TLanes, T>;
}

/// <summary>The choice of a register.</summary>
internal static class LaneWidth
{
    /// <summary>Does something with the widest registers that this processor has and that are filled more than by half.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <typeparam name="TWork">What.</typeparam>
    /// <param name="work">What.</param>
    /// <param name="numbers">How many numbers there are to fill them.</param>
    public static void Choose<T, TWork>(TWork work, int numbers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TWork : struct, ILaneWork<T>
    {
        if (Vector512.IsHardwareAccelerated && numbers > Vector256<T>.Count)
        {
            work.With<Lanes512<T>>();
        }
        else if (Vector256.IsHardwareAccelerated && numbers > Vector128<T>.Count)
        {
            work.With<Lanes256<T>>();
        }
        else
        {
            work.With<Lanes128<T>>();
        }
    }
}
