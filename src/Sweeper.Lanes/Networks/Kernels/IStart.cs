namespace Sweeper.Lanes.Networks.Kernels;

/// <summary>What a sum begins with: a constant to the compiler.</summary>
internal interface IStart
{
    /// <summary>Whether it goes on with what stands where it will be written.</summary>
    static abstract bool IsSum { get; }
}

/// <summary>With a bias, or 0.</summary>
internal readonly struct FromStart : IStart
{
    public static bool IsSum => false;
}

/// <summary>With the sum of the terms before.</summary>
internal readonly struct FromSum : IStart
{
    public static bool IsSum => true;
}
