using System.Collections.Immutable;
using Sweeper.Core.Experiments;

namespace Sweeper.Core.Sweeps.Claims;

/// <summary>What a sweep reproduces.</summary>
/// <param name="Paper">The work, and its figure or table; null where the file does not say.</param>
/// <param name="Chosen">
/// Settings that the work does not state or has otherwise, each with the reason: hyperparameters, `seeds`, and <see cref="All"/>.
/// </param>
public sealed record SweepSource(string? Paper, ImmutableArray<(string Name, string Reason)> Chosen)
{
    /// <summary>The name in `chosen` of every setting that does not stand there itself.</summary>
    public const string All = "all";

    /// <summary>Why a setting was chosen; null where it is the work's.</summary>
    public string? ReasonFor(string name) => Reason(name) ?? Reason(All);

    /// <summary>What may stand in `chosen`.</summary>
    internal static ImmutableArray<string> Names(ExperimentDeclaration experiment) =>
        [.. experiment.Hyperparameters.Select(declared => declared.Name), SweepKeys.Seeds.Name, All];

    private string? Reason(string name) => Chosen.FirstOrDefault(chosen => chosen.Name == name).Reason;
}
