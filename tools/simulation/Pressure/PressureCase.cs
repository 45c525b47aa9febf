namespace Sweeper.Simulation.Pressure;

/// <summary>A stream of measurements.</summary>
/// <param name="Rows">Rows in all.</param>
/// <param name="Runners">Workers that offer them, each as fast as it can.</param>
/// <param name="DelayMilliseconds">What the store takes longer for every block.</param>
internal sealed record PressureCase(long Rows, int Runners, double DelayMilliseconds);
