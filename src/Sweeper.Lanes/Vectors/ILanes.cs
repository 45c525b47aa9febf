using System.Numerics;

namespace Sweeper.Lanes.Vectors;

/// <summary>
/// One number of each of several lanes, in a register. Every operation is elementwise: what a lane's number becomes depends neither on
/// its neighbours nor on how many there are, so that all implementations give the same bits. A kernel is written once, for any of them.
/// </summary>
/// <typeparam name="TSelf">The register.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
internal unsafe interface ILanes<TSelf, T>
    where TSelf : unmanaged, ILanes<TSelf, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How many lanes.</summary>
    static abstract int Count { get; }

    /// <summary>Neighbouring numbers in memory, from the first lane's.</summary>
    static abstract TSelf Load(T* source);

    /// <summary>Writes them.</summary>
    static abstract void Store(TSelf value, T* target);

    /// <summary>The same number in all lanes.</summary>
    static abstract TSelf All(T value);

    /// <summary>a * b + c, rounded once.</summary>
    static abstract TSelf FusedMultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>Square root, correctly rounded.</summary>
    static abstract TSelf Sqrt(TSelf value);

    /// <summary>1 / sqrt(value) to within 4 %, of a normal positive number: its exponent halved and negated. Finite for 0.</summary>
    static abstract TSelf InverseSqrtEstimate(TSelf value);

    /// <summary>Without its sign.</summary>
    static abstract TSelf Abs(TSelf value);

    /// <summary>The larger one; neither may be NaN.</summary>
    static abstract TSelf Max(TSelf a, TSelf b);

    /// <summary>The number with its sign changed where the other one is negative.</summary>
    static abstract TSelf TimesSign(TSelf value, TSelf sign);

    /// <summary>Where a &gt; b; not where one of them is NaN. A mask: all bits or none.</summary>
    static abstract TSelf Greater(TSelf a, TSelf b);

    /// <summary>The first where the mask is set, else the second.</summary>
    static abstract TSelf Select(TSelf mask, TSelf where, TSelf otherwise);

    /// <summary>
    /// 2^k, where the numbers are k + 1.5 * 2^23 (float), k + 1.5 * 2^52 (double): then k stands in their last bits. The result must be a
    /// normal number.
    /// </summary>
    static abstract TSelf PowerOfTwo(TSelf shifted);

    /// <summary>Where both masks are set.</summary>
    static abstract TSelf Both(TSelf mask, TSelf other);

    /// <summary>Whether a mask is set in some lane.</summary>
    static abstract bool Any(TSelf mask);

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    static abstract TSelf operator *(TSelf a, TSelf b);

    static abstract TSelf operator /(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a);
}
