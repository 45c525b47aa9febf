using System.Collections.Immutable;
using Sweeper.Core.Errors;
using Sweeper.Results.Curves;
using Sweeper.Results.Folders;

namespace Sweeper.Results.Query;

/// <summary>
/// The values of one hyperparameter compared at equal seeds, all others equal. Trials of one seed share their random
/// numbers, so the difference of two of them varies far less than either: the interval is that of the mean of the
/// differences (Student t), not of the difference of two means.
/// </summary>
public static class PairedDifferences
{
    /// <summary>
    /// One row for every combination of the other swept hyperparameters and every value but its baseline: the others, the
    /// value, `baseline`, `difference` (mean of value - baseline), `ci95_lo`, `ci95_hi`, `pairs`. Best difference first
    /// within a combination. Throws <see cref="SweepException"/> (usage) for a hyperparameter that is not swept.
    /// </summary>
    /// <param name="folder">The results folder.</param>
    /// <param name="values">The numbers compared, one a trial.</param>
    /// <param name="compared">The hyperparameter.</param>
    /// <param name="together">Hyperparameters that vary together with it (zip), which need not be equal.</param>
    /// <param name="baseline">
    /// The value compared with, as it stands in tables; null for the one with the best mean, for each combination anew.
    /// </param>
    /// <param name="largestFirst">Whether large numbers are the better ones.</param>
    public static ResultTable Read(
        string folder, TrialValues values, string compared, IReadOnlyCollection<string> together, string? baseline,
        bool largestFirst = false)
    {
        using var connection = ResultViews.Open(new ResultFolder(folder));
        var swept = PointTable.SweptColumns(connection);
        if (!swept.Contains(compared))
        {
            throw new SweepException(
                ExitCode.Usage, $"'{compared}' is not swept here", $"Swept are: {string.Join(", ", swept)}.", "--compare");
        }

        ImmutableArray<string> others = [.. swept.Where(name => name != compared && !together.Contains(name))];
        var measured = values.Read(connection, [.. others, compared]);
        var known = measured.Select(one => ResultTable.Text(one.Point[^1])).Distinct().ToList();
        if (baseline is not null && !known.Contains(baseline))
        {
            throw new SweepException(
                ExitCode.Usage, $"no trial has {compared} = {baseline}", $"Its values are: {string.Join(", ", known)}.", "--baseline");
        }

        var rows = measured
            .GroupBy(one => string.Join('\n', one.Point[..^1].Select(ResultTable.Text)))
            .SelectMany(group => Compare([.. group], baseline, largestFirst ? -1 : 1));
        return new ResultTable([.. others, compared, "baseline", "difference", "ci95_lo", "ci95_hi", "pairs"], [.. rows]);
    }

    /// <summary>value - baseline of the seeds that both have; what is not finite is no pair.</summary>
    internal static SortedDictionary<long, double> Of(
        IReadOnlyDictionary<long, double> value, IReadOnlyDictionary<long, double> baseline) => new(
            value.Where(pair => baseline.TryGetValue(pair.Key, out var other) && double.IsFinite(pair.Value - other))
                .ToDictionary(pair => pair.Key, pair => pair.Value - baseline[pair.Key]));

    private static IEnumerable<object?[]> Compare(List<TrialValue> group, string? named, int sign)
    {
        var bySeed = group.GroupBy(one => ResultTable.Text(one.Point[^1])).ToDictionary(
            alike => alike.Key, alike => (
                alike.First().Point, Values: (IReadOnlyDictionary<long, double>)alike.ToDictionary(one => one.Seed, one => one.Value)));
        var chosen = named ?? bySeed.MinBy(one => sign * one.Value.Values.Values.Average()).Key;
        if (!bySeed.TryGetValue(chosen, out var baseline))
        {
            return [];
        }

        return bySeed.Where(one => one.Key != chosen)
            .Select(one => (one.Value.Point, Difference: SeedStatistics.Of([.. Of(one.Value.Values, baseline.Values).Values])))
            .OrderBy(one => sign * one.Difference.Mean)
            .Select(one => (object?[])
            [
                .. one.Point, baseline.Point[^1], Defined(one.Difference.Mean), Defined(one.Difference.Low), Defined(one.Difference.High),
                one.Difference.Count,
            ]);
    }

    private static double? Defined(double number) => double.IsNaN(number) ? null : number;
}
