using System.Numerics;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Algebra;

/// <summary>
/// Singular value decompositions of many small matrices in float64, a matrix an element of a register: what comes out does not depend on
/// how wide registers are, nor on the other matrices.
/// </summary>
internal static unsafe class SmallSvd
{
    /// <summary>Named in the numerics class: another one where bits are others.</summary>
    public const int Version = 2;

    /// <summary>Side up to which this is faster than a library that takes one matrix at a time.</summary>
    public const int LargestSide = 64;

    /// <summary>
    /// A = U S V^T, values descending. A matrix that is not finite gives NaN. Vectors of values that are zero make U and V orthonormal.
    /// </summary>
    /// <param name="source">float or double.</param>
    /// <param name="places">Where the matrices are.</param>
    /// <param name="rows">Rows of each.</param>
    /// <param name="columns">Columns of each.</param>
    /// <param name="target">Takes the parts; values only where it has no place for U.</param>
    /// <param name="threads">At most so many at once.</param>
    public static void Decompose<TSource>(TSource* source, MatrixPlaces places, int rows, int columns, SvdTarget target, int threads)
        where TSource : unmanaged, INumberBase<TSource> =>
        LaneWidth.Choose<double, Work<TSource>>(new Work<TSource>(source, places, rows, columns, target, threads), places.Count);

    /// <summary>The same with registers of one kind.</summary>
    public static void With<TLanes, TSource>(TSource* source, MatrixPlaces places, int rows, int columns, SvdTarget target, int threads)
        where TLanes : unmanaged, ILanes<TLanes, double>
        where TSource : unmanaged, INumberBase<TSource>
    {
        if (rows < columns)
        {
            With<TLanes, TSource>(source, places.Transposed, columns, rows, target.Transposed, threads);
            return;
        }

        Groups.Each<TLanes, SvdGroup<TLanes>>(
            places, threads, () => new SvdGroup<TLanes>(rows, columns, target.NeedsVectors),
            (batch, first, lanes, memory) =>
            {
                memory.Bring(source, places, batch, first, lanes);
                memory.Decompose(batch, first, lanes, target);
            });
    }

    private readonly struct Work<TSource>(
        TSource* source, MatrixPlaces places, int rows, int columns, SvdTarget target, int threads) : ILaneWork<double>
        where TSource : unmanaged, INumberBase<TSource>
    {
        public void With<TLanes>()
            where TLanes : unmanaged, ILanes<TLanes, double> =>
            SmallSvd.With<TLanes, TSource>(source, places, rows, columns, target, threads);
    }
}
