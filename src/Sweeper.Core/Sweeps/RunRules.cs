using Sweeper.Core.Packing;

namespace Sweeper.Core.Sweeps;

/// <summary>What one run may do: `--fail-fast`, `--mixed` and `--engine`. No part of the plan.</summary>
/// <param name="FailFast">Stop at the first trial that is given up; otherwise the others are trained to their end.</param>
/// <param name="Mixed">Train on machines whose numbers differ in the last bits from those that the sweep was begun with.</param>
public sealed record RunRules(bool FailFast, bool Mixed)
{
    /// <summary>What trains; null for what fits the programs, or began the folder.</summary>
    public EngineKind? Engine { get; init; }

    /// <summary>Keep going, with one kind of numbers.</summary>
    public static RunRules Usual { get; } = new(false, false);
}
