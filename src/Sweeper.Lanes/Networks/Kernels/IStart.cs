namespace Sweeper.Lanes.Networks.Kernels;

/// <summary>What a sum begins with: constants to the compiler.</summary>
internal interface IStart
{
    /// <summary>Whether it begins with a bias.</summary>
    static abstract bool IsBias { get; }

    /// <summary>Whether it goes on with what stands where it will be written.</summary>
    static abstract bool IsSum { get; }
}

/// <summary>With 0.</summary>
internal readonly struct FromZero : IStart
{
    public static bool IsBias => false;

    public static bool IsSum => false;
}

/// <summary>With a bias.</summary>
internal readonly struct FromBias : IStart
{
    public static bool IsBias => true;

    public static bool IsSum => false;
}

/// <summary>With the sum of the terms before.</summary>
internal readonly struct FromSum : IStart
{
    public static bool IsBias => false;

    public static bool IsSum => true;
}
