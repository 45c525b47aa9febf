using System.Numerics;
using System.Runtime.InteropServices;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Tests.Vectors;

/// <summary>A function of up to three numbers of each lane, done with registers of some kind.</summary>
internal interface ILaneFunction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    TLanes Of<TLanes>(TLanes a, TLanes b, TLanes c)
        where TLanes : unmanaged, ILanes<TLanes, T>;
}

/// <summary>All kinds of registers, each after the other.</summary>
internal static class Registers
{
    /// <summary>Lanes of the widest.</summary>
    public const int Most = 16;

    /// <summary>The results of every kind for the same numbers, by its name; that of a single lane first.</summary>
    public static IEnumerable<(string Register, T[] Results)> Of<T, TFunction>(TFunction function, T[] a, T[] b, T[] c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, ILaneFunction<T> =>
    [
        ("one lane", Run<OneLane<T>, T, TFunction>(function, a, b, c)),
        ("128 bits", Run<Lanes128<T>, T, TFunction>(function, a, b, c)),
        ("256 bits", Run<Lanes256<T>, T, TFunction>(function, a, b, c)),
        ("512 bits", Run<Lanes512<T>, T, TFunction>(function, a, b, c)),
    ];

    /// <summary>Whether two numbers are the same: all bits, or both are NaN, of which processors have several.</summary>
    public static bool AreSame<T>(T a, T b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => AreEqualBits(a, b) || (T.IsNaN(a) && T.IsNaN(b));

    /// <summary>Whether all bits are equal.</summary>
    public static bool AreEqualBits<T>(T a, T b)
        where T : unmanaged =>
            MemoryMarshal.AsBytes<T>([a]).SequenceEqual(MemoryMarshal.AsBytes<T>([b]));

    private static unsafe T[] Run<TLanes, T, TFunction>(TFunction function, T[] a, T[] b, T[] c)
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, ILaneFunction<T>
    {
        var results = new T[a.Length];
        fixed (T* first = a, second = b, third = c, target = results)
        {
            for (var at = 0; at < a.Length; at += TLanes.Count)
            {
                TLanes.Store(function.Of(TLanes.Load(first + at), TLanes.Load(second + at), TLanes.Load(third + at)), target + at);
            }
        }

        return results;
    }
}
