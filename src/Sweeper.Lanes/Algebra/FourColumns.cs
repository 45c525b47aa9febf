using System.Runtime.CompilerServices;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Algebra;

/// <summary>
/// Two pairs of columns, a, b and c, d: each of the first pair is turned with each of the second one while they are in registers.
/// </summary>
/// <remarks>
/// First a with c, and b with d; then a with d, and b with c, whose products follow from those before. So columns are read twice and
/// written once for four rotations: reading and writing them takes more time than turning them.
/// </remarks>
internal static unsafe class FourColumns<TLanes>
    where TLanes : unmanaged, ILanes<TLanes, double>
{
    /// <summary>
    /// Registers of what is known of four columns: what goes from c into a and from a into c, and so of b and d, a and d, b and c; then
    /// the products of these pairs, of a and b, and of c and d.
    /// </summary>
    public const int Size = 14;

    private const int Products = 8;

    /// <summary>Computes their products.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply(double* a, double* b, double* c, double* d, int rows, double* memory)
    {
        TLanes ac = default, bd = default, ad = default, bc = default, ab = default, cd = default;
        for (var row = 0; row < rows; row++)
        {
            TLanes one = TLanes.Load(a), two = TLanes.Load(b), three = TLanes.Load(c), four = TLanes.Load(d);
            ac = TLanes.FusedMultiplyAdd(one, three, ac);
            bd = TLanes.FusedMultiplyAdd(two, four, bd);
            ad = TLanes.FusedMultiplyAdd(one, four, ad);
            bc = TLanes.FusedMultiplyAdd(two, three, bc);
            ab = TLanes.FusedMultiplyAdd(one, two, ab);
            cd = TLanes.FusedMultiplyAdd(three, four, cd);
            a += TLanes.Count;
            b += TLanes.Count;
            c += TLanes.Count;
            d += TLanes.Count;
        }

        var into = memory + Products * TLanes.Count;
        TLanes.Store(ac, into);
        TLanes.Store(bd, into + TLanes.Count);
        TLanes.Store(ad, into + 2 * TLanes.Count);
        TLanes.Store(bc, into + 3 * TLanes.Count);
        TLanes.Store(ab, into + 4 * TLanes.Count);
        TLanes.Store(cd, into + 5 * TLanes.Count);
    }

    /// <summary>a . c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes FirstProduct(double* memory) => Product(memory, 0);

    /// <summary>b . d.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes SecondProduct(double* memory) => Product(memory, 1);

    /// <summary>a . d as it is after the first rotations.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes ThirdProduct(double* memory)
    {
        // a + left c, d + right b.
        TLanes left = TLanes.Load(memory), right = TLanes.Load(memory + 3 * TLanes.Count);
        var before = TLanes.FusedMultiplyAdd(left, Product(memory, 5), Product(memory, 2));
        return TLanes.FusedMultiplyAdd(right, TLanes.FusedMultiplyAdd(left, Product(memory, 3), Product(memory, 4)), before);
    }

    /// <summary>b . c as it is after the first rotations.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes FourthProduct(double* memory)
    {
        // b + left d, c + right a.
        TLanes left = TLanes.Load(memory + 2 * TLanes.Count), right = TLanes.Load(memory + TLanes.Count);
        var before = TLanes.FusedMultiplyAdd(left, Product(memory, 5), Product(memory, 3));
        return TLanes.FusedMultiplyAdd(right, TLanes.FusedMultiplyAdd(left, Product(memory, 2), Product(memory, 4)), before);
    }

    /// <summary>Turns them by the coefficients.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Turn(double* a, double* b, double* c, double* d, int rows, double* memory)
    {
        TLanes intoA = TLanes.Load(memory), intoC = TLanes.Load(memory + TLanes.Count);
        TLanes intoB = TLanes.Load(memory + 2 * TLanes.Count), intoD = TLanes.Load(memory + 3 * TLanes.Count);
        TLanes thenA = TLanes.Load(memory + 4 * TLanes.Count), thenD = TLanes.Load(memory + 5 * TLanes.Count);
        TLanes thenB = TLanes.Load(memory + 6 * TLanes.Count), thenC = TLanes.Load(memory + 7 * TLanes.Count);
        for (var row = 0; row < rows; row++)
        {
            TLanes one = TLanes.Load(a), two = TLanes.Load(b), three = TLanes.Load(c), four = TLanes.Load(d);
            TLanes first = TLanes.FusedMultiplyAdd(intoA, three, one), third = TLanes.FusedMultiplyAdd(intoC, one, three);
            TLanes second = TLanes.FusedMultiplyAdd(intoB, four, two), fourth = TLanes.FusedMultiplyAdd(intoD, two, four);
            TLanes.Store(TLanes.FusedMultiplyAdd(thenA, fourth, first), a);
            TLanes.Store(TLanes.FusedMultiplyAdd(thenD, first, fourth), d);
            TLanes.Store(TLanes.FusedMultiplyAdd(thenB, third, second), b);
            TLanes.Store(TLanes.FusedMultiplyAdd(thenC, second, third), c);
            a += TLanes.Count;
            b += TLanes.Count;
            c += TLanes.Count;
            d += TLanes.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Product(double* memory, int which) => TLanes.Load(memory + (Products + which) * TLanes.Count);
}
