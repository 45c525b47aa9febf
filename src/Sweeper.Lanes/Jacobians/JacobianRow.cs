using System.Runtime.CompilerServices;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Jacobians;

/// <summary>A row of slope * W * before, of the Jacobian of a layer.</summary>
/// <param name="weights">The row of W.</param>
/// <param name="slope">The slope of its unit, a register.</param>
/// <param name="target">Takes the row, a register for each column.</param>
internal readonly unsafe struct JacobianRow<TLanes>(double* weights, double* slope, double* target)
    where TLanes : unmanaged, ILanes<TLanes, double>
{
    private const int Together = 6;
    private readonly double* weights = weights, slope = slope, target = target;

    /// <summary>Computes two rows, which may be the same.</summary>
    /// <param name="first">One.</param>
    /// <param name="second">The other.</param>
    /// <param name="inputs">Columns of W.</param>
    /// <param name="before">The Jacobian of the layers before, [input][column][lane].</param>
    /// <param name="width">Columns of it.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compute(JacobianRow<TLanes> first, JacobianRow<TLanes> second, int inputs, double* before, int width)
    {
        // Where columns are left, some are done twice.
        for (var column = 0; column < width && width >= Together; column += Together)
        {
            Six(first, second, inputs, before, width, Math.Min(column, width - Together));
        }

        for (var column = 0; column < width && width < Together; column++)
        {
            TLanes a = default, b = default;
            for (var input = 0; input < inputs; input++)
            {
                var number = TLanes.Load(before + (input * width + column) * TLanes.Count);
                a = TLanes.FusedMultiplyAdd(TLanes.All(first.weights[input]), number, a);
                b = TLanes.FusedMultiplyAdd(TLanes.All(second.weights[input]), number, b);
            }

            TLanes.Store(a * TLanes.Load(first.slope), first.target + column * TLanes.Count);
            TLanes.Store(b * TLanes.Load(second.slope), second.target + column * TLanes.Count);
        }
    }

    /// <summary>Twelve sums at once, so that there is always one to add to while others are on their way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Six(JacobianRow<TLanes> first, JacobianRow<TLanes> second, int inputs, double* before, int width, int column)
    {
        TLanes a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default;
        TLanes b0 = default, b1 = default, b2 = default, b3 = default, b4 = default, b5 = default;
        double* from = before + column * TLanes.Count, one = first.weights, other = second.weights;
        for (var input = 0; input < inputs; input++)
        {
            TLanes a = TLanes.All(one[input]), b = TLanes.All(other[input]);
            Add(a, b, TLanes.Load(from), ref a0, ref b0);
            Add(a, b, TLanes.Load(from + TLanes.Count), ref a1, ref b1);
            Add(a, b, TLanes.Load(from + 2 * TLanes.Count), ref a2, ref b2);
            Add(a, b, TLanes.Load(from + 3 * TLanes.Count), ref a3, ref b3);
            Add(a, b, TLanes.Load(from + 4 * TLanes.Count), ref a4, ref b4);
            Add(a, b, TLanes.Load(from + 5 * TLanes.Count), ref a5, ref b5);
            from += width * TLanes.Count;
        }

        Put(first, column, a0, a1, a2, a3, a4, a5);
        Put(second, column, b0, b1, b2, b3, b4, b5);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(TLanes a, TLanes b, TLanes number, ref TLanes sumA, ref TLanes sumB)
    {
        sumA = TLanes.FusedMultiplyAdd(a, number, sumA);
        sumB = TLanes.FusedMultiplyAdd(b, number, sumB);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(JacobianRow<TLanes> row, int column, TLanes a, TLanes b, TLanes c, TLanes d, TLanes e, TLanes f)
    {
        var slope = TLanes.Load(row.slope);
        var into = row.target + column * TLanes.Count;
        TLanes.Store(a * slope, into);
        TLanes.Store(b * slope, into + TLanes.Count);
        TLanes.Store(c * slope, into + 2 * TLanes.Count);
        TLanes.Store(d * slope, into + 3 * TLanes.Count);
        TLanes.Store(e * slope, into + 4 * TLanes.Count);
        TLanes.Store(f * slope, into + 5 * TLanes.Count);
    }
}
