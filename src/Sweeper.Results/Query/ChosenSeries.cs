using System.Collections.Immutable;
using Sweeper.Core.Experiments;

namespace Sweeper.Results.Query;

/// <summary>The one series that a <see cref="SeriesChoice"/> means, and what else it could have meant.</summary>
/// <param name="Metric">Metric.</param>
/// <param name="Split">Split, or empty.</param>
/// <param name="Component">Component, or empty.</param>
/// <param name="Index">Index.</param>
/// <param name="Member">Member.</param>
public sealed record ChosenSeries(string Metric, string Split, string Component, int Index, int Member)
{
    private const int MostNamed = 5;

    /// <summary>Components that the metric has, in order.</summary>
    public required ImmutableArray<string> Components { get; init; }

    /// <summary>Number of indices that the metric has.</summary>
    public required int Indices { get; init; }

    /// <summary>Number of members that the metric has.</summary>
    public required int Members { get; init; }

    /// <summary>
    /// `train loss_barrier (same trunk)`, `mode_strength (mode 0, member 0)`: whatever the metric has several of is named.
    /// </summary>
    public string Describe(ExperimentDeclaration experiment)
    {
        string[] parts =
        [
            .. Components.Length > 1 ? [Component.Length > 0 ? Component : "no component"] : (string[])[],
            .. Indices > 1 ? [FormattableString.Invariant($"{experiment.IndexNameOf(Metric)} {Index}")] : (string[])[],
            .. Members > 1 ? [FormattableString.Invariant($"member {Member}")] : (string[])[],
        ];
        return (Split.Length > 0 ? $"{Split} {Metric}" : Metric) + (parts.Length > 0 ? $" ({string.Join(", ", parts)})" : "");
    }

    /// <summary>
    /// The options that choose another one of several: `--component (same trunk, 0-1), --member (4)`; empty where there is one only.
    /// </summary>
    public string Others => string.Join(", ", (string[])
    [
        .. Components.Length > 1
            ? [$"--component ({string.Join(", ", Components.Take(MostNamed))}{(Components.Length > MostNamed ? ", .." : "")})"]
            : (string[])[],
        .. Indices > 1 ? [FormattableString.Invariant($"--index ({Indices} of them)")] : (string[])[],
        .. Members > 1 ? [FormattableString.Invariant($"--member ({Members} of them)")] : (string[])[],
    ]);
}
