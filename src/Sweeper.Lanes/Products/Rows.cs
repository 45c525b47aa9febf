using System.Runtime.CompilerServices;

namespace Sweeper.Lanes.Products;

/// <summary>
/// A matrix, a row after the other, each filled up with zeros: whole registers of any width run along it, and what an element becomes
/// does not depend on how wide they are.
/// </summary>
/// <param name="first">The first number.</param>
/// <param name="columns">Columns.</param>
internal readonly unsafe struct Rows(double* first, int columns)
{
    /// <summary>Numbers in a block of a row: four of the widest registers.</summary>
    public const int Block = 32;

    private readonly double* first = first;
    private readonly int stride = StrideOf(columns);

    /// <summary>Numbers of a row that are read and written.</summary>
    public int Length { get; } = LengthOf(columns);

    /// <summary>Numbers that so many rows take.</summary>
    public static long SizeOf(int rows, int columns) => (long)rows * StrideOf(columns);

    /// <summary>A row, from one of its columns on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double* At(int row, int column = 0) => first + (nint)row * stride + column;

    private static int LengthOf(int columns) => (columns + Block - 1) / Block * Block;

    // A power of two would put the same column of all rows into the same few places of the cache.
    private static int StrideOf(int columns) => LengthOf(columns) + Block / 4;
}
