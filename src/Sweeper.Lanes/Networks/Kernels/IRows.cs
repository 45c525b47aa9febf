namespace Sweeper.Lanes.Networks.Kernels;

/// <summary>How many rows a kernel takes together: a constant to the compiler, which leaves out what other rows would need.</summary>
internal interface IRows
{
    /// <summary>1 to <see cref="RowBlocks.Most"/>.</summary>
    static abstract int Count { get; }
}

/// <summary>One row.</summary>
internal readonly struct OneRow : IRows
{
    public static int Count => 1;
}

/// <summary>Two rows.</summary>
internal readonly struct TwoRows : IRows
{
    public static int Count => 2;
}

/// <summary>Three rows.</summary>
internal readonly struct ThreeRows : IRows
{
    public static int Count => 3;
}

/// <summary>Four rows.</summary>
internal readonly struct FourRows : IRows
{
    public static int Count => 4;
}

/// <summary>Five rows.</summary>
internal readonly struct FiveRows : IRows
{
    public static int Count => 5;
}

/// <summary>Six rows.</summary>
internal readonly struct SixRows : IRows
{
    public static int Count => 6;
}
