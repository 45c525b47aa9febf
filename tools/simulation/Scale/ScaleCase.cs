using System.Globalization;
using Sweeper.Composition;
using Sweeper.Core.Sweeps;

namespace Sweeper.Simulation.Scale;

/// <summary>One size to be measured.</summary>
/// <param name="Trials">Trials of the sweep: a multiple of 100.</param>
/// <param name="Workers">Simulated workers.</param>
/// <param name="Lanes">Lanes of a pack.</param>
internal sealed record ScaleCase(long Trials, int Workers, int Lanes)
{
    /// <summary>As in many sweeps; a GPU takes more.</summary>
    public const int UsualLanes = 64;

    /// <summary>Long axes are written out in a submitted sweep: in a large one two share the length.</summary>
    private int Noises => Trials < 100_000 ? 10 : 100;

    /// <summary>A sweep of an experiment that exists, so that plan and status are those of the real program.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $$"""
        sweep: simulated
        experiment: teacher-student
        fixed: { steps: 2000 }
        grid:
          learning_rate: { linspace: [0.001, 0.1, {{Trials / 10 / Noises}}] }
          noise: { linspace: [0, 1, {{Noises}}] }
        seeds: 10
        lanes: {{Lanes}}
        measure:
          - { at: { log: 40 }, metrics: [relative_loss, mode_strength] }
        """);

    /// <summary>Reads and expands it.</summary>
    public SweepPlan Plan() => SweepPlan.Parse(Text, CompositionRoot.Experiments);
}
