using System.Runtime.CompilerServices;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Algebra;

/// <summary>
/// Fills columns of zero after orthonormal ones, so that all are orthonormal: each is the unit vector that is farthest from the columns
/// before it, made orthogonal to them.
/// </summary>
internal static unsafe class Completion<TLanes>
    where TLanes : unmanaged, ILanes<TLanes, double>
{
    /// <summary>Fills a column where the mask is set; those before it are filled.</summary>
    /// <param name="vectors">At least as many rows as columns up to this one.</param>
    /// <param name="rows">How many rows of them.</param>
    /// <param name="column">Which.</param>
    /// <param name="mask">Where it is zero.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(Columns<TLanes> vectors, int rows, int column, TLanes mask)
    {
        if (!TLanes.Any(mask))
        {
            return;
        }

        TLanes nearest = TLanes.All(2), chosen = default;
        for (var row = 0; row < rows; row++)
        {
            TLanes covered = default;
            for (var other = 0; other < column; other++)
            {
                var number = TLanes.Load(vectors.At(other, row));
                covered = TLanes.FusedMultiplyAdd(number, number, covered);
            }

            // Roundings decide nothing: what is about as far as another comes later.
            var isFarther = TLanes.Greater(nearest - TLanes.All(1e-6), covered);
            nearest = TLanes.Select(isFarther, covered, nearest);
            chosen = TLanes.Select(isFarther, TLanes.All(row), chosen);
        }

        for (var row = 0; row < rows; row++)
        {
            var isChosen = Columns<TLanes>.Is(chosen, row);
            var target = vectors.At(column, row);
            TLanes.Store(TLanes.Select(mask, TLanes.Select(isChosen, TLanes.All(1), default), TLanes.Load(target)), target);
        }

        // Twice is enough (Kahan and Parlett).
        for (var time = 0; time < 2; time++)
        {
            for (var other = 0; other < column; other++)
            {
                var along = TLanes.Select(mask, Columns<TLanes>.Dot(vectors.At(other), vectors.At(column), rows), default);
                for (var row = 0; row < rows; row++)
                {
                    var target = vectors.At(column, row);
                    TLanes.Store(TLanes.FusedMultiplyAdd(-along, TLanes.Load(vectors.At(other, row)), TLanes.Load(target)), target);
                }
            }
        }

        var length = TLanes.Sqrt(Columns<TLanes>.Dot(vectors.At(column), vectors.At(column), rows));
        for (var row = 0; row < rows; row++)
        {
            var target = vectors.At(column, row);
            TLanes.Store(TLanes.Select(mask, TLanes.Load(target) / length, TLanes.Load(target)), target);
        }
    }
}
