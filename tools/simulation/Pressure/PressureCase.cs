using System.Globalization;

namespace Sweeper.Simulation.Pressure;

/// <summary>A stream of measurements: packs of 256 trials that measure 8 numbers at each of many steps.</summary>
/// <param name="Rows">Rows in all: a multiple of 2048 a runner.</param>
/// <param name="Runners">Workers that offer them, each one pack, as fast as it can.</param>
/// <param name="DelayMilliseconds">What the store takes longer for every block of 2048 rows.</param>
/// <param name="OnOneCore">Whether the process may use one core only.</param>
internal sealed record PressureCase(long Rows, int Runners, double DelayMilliseconds, bool OnOneCore)
{
    /// <summary>Values of a trial at a step.</summary>
    public const int Width = 8;

    private const int Lanes = 256;

    /// <summary>The sweep; its one metric is measured after every step.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $$"""
        sweep: pressure
        experiment: teacher-student
        fixed: { steps: {{Rows / Runners / Lanes / Width - 1}} }
        grid: { learning_rate: { linspace: [0.001, 0.1, {{Lanes}}] } }
        seeds: {{Runners}}
        lanes: {{Lanes}}
        measure: [ { at: { every: 1 }, metrics: [mode_strength] } ]
        """);
}
