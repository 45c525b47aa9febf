using DuckDB.NET.Data;
using Sweeper.Core.Errors;
using Sweeper.Core.Experiments;
using Sweeper.Results.Folders;

namespace Sweeper.Results.Query;

/// <summary>
/// One measured quantity. Where a metric has several components, indices or members and none is named, the first in order is meant; of
/// splits the usual one.
/// </summary>
/// <param name="Metric">Metric.</param>
/// <param name="Split">`train`, `validation`, `test`, or null.</param>
/// <param name="Component">Component, or null.</param>
/// <param name="Index">Index, or null.</param>
/// <param name="Member">Member, or null.</param>
public sealed record SeriesChoice(string Metric, string? Split = null, string? Component = null, int? Index = null, int? Member = null)
{
    private const int MostNamed = 12;

    /// <summary>
    /// The split that is meant where none is named, where the quantity was measured on it (<see cref="MetricDeclaration.UsualSplit"/>).
    /// </summary>
    public string UsualSplit { get; init; } = MetricDeclaration.StandardSplit;

    /// <summary>The series meant in a results folder. Throws <see cref="SweepException"/> (usage) for a quantity without rows.</summary>
    public ChosenSeries In(string folder)
    {
        using var connection = ResultViews.Open(new ResultFolder(folder));
        return Resolve(connection);
    }

    /// <summary>
    /// Whether a results folder has rows of the quantity at all: it has none where every trial diverged or failed before it was
    /// measured.
    /// </summary>
    public bool IsMeasured(string folder)
    {
        using var connection = ResultViews.Open(new ResultFolder(folder));
        return (bool)ResultQuery.Run(
            connection, "SELECT count(*) > 0 FROM curves WHERE source = 'run' AND metric = $1", Metric).Rows[0][0]!;
    }

    /// <summary>With the gaps filled. Throws <see cref="SweepException"/> (usage) for a quantity without rows.</summary>
    internal ChosenSeries Resolve(DuckDBConnection connection)
    {
        var all = ResultQuery.Run(
            connection, "SELECT DISTINCT split, component, index, member FROM curves WHERE source = 'run' AND metric = $1", Metric)
            .Rows.Select(row => (
                Split: (string)row[0]!, Component: (string)row[1]!, Index: Convert.ToInt32(row[2], null),
                Member: Convert.ToInt32(row[3], null))).ToList();
        var fitting = all.Where(one => (Split ?? one.Split) == one.Split && (Component ?? one.Component) == one.Component
            && (Index ?? one.Index) == one.Index && (Member ?? one.Member) == one.Member)
            .OrderBy(one => one.Split != UsualSplit).ThenBy(one => one.Split, StringComparer.Ordinal)
            .ThenBy(one => one.Component, ComponentOrder.Instance).ThenBy(one => one.Index).ThenBy(one => one.Member).ToList();
        return fitting is not [var (split, component, index, member), ..]
            ? throw Absent(all) ?? Unmeasured(connection)
            : new ChosenSeries(Metric, split, component, index, member)
        {
            Components = [.. all.Select(one => one.Component).Distinct().Order(ComponentOrder.Instance)],
            Indices = all.Select(one => one.Index).Distinct().Count(),
            Members = all.Select(one => one.Member).Distinct().Count(),
        };
    }

    /// <summary>The first part that no series of the metric has, and which there are; null where each is there, but not together.</summary>
    private SweepException? Absent(List<(string Split, string Component, int Index, int Member)> all)
    {
        (string Name, string? Asked, IEnumerable<string> Known)[] parts =
        [
            ("split", Split, all.Select(one => one.Split).Order(StringComparer.Ordinal)),
            ("component", Component, all.Select(one => one.Component).Order(ComponentOrder.Instance)),
            ("index", $"{Index}", all.Select(one => one.Index).Order().Select(index => $"{index}")),
            ("member", $"{Member}", all.Select(one => one.Member).Order().Select(member => $"{member}")),
        ];
        var (name, asked, known) = parts.FirstOrDefault(
            part => part.Asked is { Length: > 0 } asked && all.Count > 0 && !part.Known.Contains(asked));
        var there = known?.Where(value => value.Length > 0).Distinct().ToList() ?? [];
        return name is null ? null : new SweepException(
            ExitCode.Usage, $"metric '{Metric}' has no {name} '{asked}'",
            there.Count == 0
                ? $"it has none at all: leave --{name} out"
                : $"there is: {string.Join(", ", there.Take(MostNamed))}{(there.Count > MostNamed ? $", .. {there[^1]}" : "")}",
            $"--{name}");
    }

    private SweepException Unmeasured(DuckDBConnection connection)
    {
        var known = ResultQuery.Run(connection, "SELECT DISTINCT metric FROM curves ORDER BY metric").Rows
            .Select(row => (string)row[0]!).ToList();
        return known.Contains(Metric)
            ? new SweepException(
                ExitCode.Usage, $"metric '{Metric}' has no series with this split, component, index and member together",
                "`sweeper query <folder> \"SELECT DISTINCT metric, split, component, index, member FROM curves\"` lists them")
            : new SweepException(
                ExitCode.Usage, $"there are no rows of metric '{Metric}'",
                known.Count == 0
                    ? "nothing is measured: `sweeper status <folder>` says how many trials diverged or failed before they were"
                    : $"measured are: {string.Join(", ", known)}");
    }
}
