namespace Sweeper.Simulation.Pressure;

/// <summary>placeholder</summary>
internal static class PressureRun
{
    public static Task<int> MeasureAsync(PressureCase offered, bool asJson) => Task.FromResult(asJson ? 1 : (int)offered.Rows);
}
