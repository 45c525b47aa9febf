using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace Sweeper.Lanes.Networks.Kernels;

/// <summary>How the rows of a matrix are taken together. Which of them are changes no bit of any.</summary>
internal static class RowBlocks
{
    /// <summary>Rows that a kernel knows.</summary>
    public const int Most = 6;

    /// <summary>As many as fit the registers beside four columns: of sixteen or of thirty-two.</summary>
    private static int Fitting => Vector512.IsHardwareAccelerated || AdvSimd.Arm64.IsSupported ? Most : Most / 2;

    /// <summary>How many of those that are left are taken next: equal parts, since a single row left over would be slow.</summary>
    public static int Next(int left)
    {
        var parts = (left + Fitting - 1) / Fitting;
        return (left + parts - 1) / parts;
    }
}
