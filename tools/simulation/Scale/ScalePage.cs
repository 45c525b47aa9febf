namespace Sweeper.Simulation.Scale;

/// <summary>placeholder</summary>
internal static class ScalePage
{
    public static int Write() => 0;
}
