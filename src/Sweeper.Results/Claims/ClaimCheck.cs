using System.Collections.Immutable;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using Sweeper.Core.Errors;
using Sweeper.Core.Experiments;
using Sweeper.Core.Measurements;
using Sweeper.Core.Sweeps;
using Sweeper.Core.Sweeps.Claims;
using Sweeper.Core.Sweeps.Reading;
using Sweeper.Results.Query;

namespace Sweeper.Results.Claims;

/// <summary>Refuses, before anything is trained, claims whose SQL could not be answered by what the sweep measures.</summary>
public static partial class ClaimCheck
{
    private const string Remedy =
        "write one SELECT over curves, trials, summaries, measurements that gives `ok` and `value`, and if you like `expected`, "
        + "`tolerance`, `se`, `n`, `label`";

    /// <summary>Throws <see cref="SweepException"/> (usage) for all claims that are wrong together, each with its place.</summary>
    public static void Check(SweepPlan plan)
    {
        if (plan.Claims.IsEmpty)
        {
            return;
        }

        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        EmptyTables.Make(connection, plan);
        Sandbox.Close(connection, [], []);
        ImmutableArray<SweepException> faults = [.. plan.Claims.Select(claim => Fault(connection, plan, claim)).OfType<SweepException>()];
        if (!faults.IsEmpty)
        {
            throw SweepException.Together(faults);
        }
    }

    private static SweepException? Fault(DuckDBConnection connection, SweepPlan plan, Claim claim)
    {
        SweepException Wrong(string problem, string remedy, string? place = null) =>
            new(ExitCode.Usage, $"{claim.Entry}: {problem}", remedy, place ?? claim.Place);
        ResultTable described;
        ComparedWords words;
        try
        {
            described = ResultQuery.Run(connection, $"DESCRIBE {ResultQuery.OneSelect(claim.Sql)}");
            words = ComparedWords.In(connection, claim.Sql);
        }
        catch (SweepException fault)
        {
            // DuckDB quotes the word that it does not understand, and tells a place in other SQL than what was typed.
            var word = Quoted().Match(fault.Message).Groups[1].Value;
            return Wrong(fault.Message, ResultQuery.IsUnknownColumn(fault) ? fault.Remedy! : Remedy, claim.PlaceOf(word));
        }

        var columns = described.Rows.ToDictionary(row => (string)row[0]!, row => (string)row[1]!);
        if (ClaimRow.Columns[..2].FirstOrDefault(name => !columns.ContainsKey(name)) is { } missing)
        {
            return Wrong($"its SQL gives no column '{missing}'", Remedy);
        }

        if (columns.Keys.FirstOrDefault(name => !ClaimRow.Columns.Contains(name)) is { } unknown)
        {
            return Wrong($"its SQL gives a column '{unknown}'", NearestName.Remedy(unknown, ClaimRow.Columns));
        }

        if (columns["ok"] != "BOOLEAN")
        {
            return Wrong($"its column 'ok' is neither true nor false, but {columns["ok"]}", "make it a comparison: `mean < 0.1 AS ok`");
        }

        if (words.Metrics.FirstOrDefault(name => !plan.MeasuredMetrics.Contains(name)) is { } metric)
        {
            return Wrong(
                $"it asks for the metric '{metric}', which is not measured", NearestName.Remedy(metric, plan.MeasuredMetrics),
                claim.PlaceOf(metric));
        }

        foreach (var (column, choices) in ChoicesOf(plan))
        {
            if (words.Of(column).FirstOrDefault(word => !choices.Contains(word)) is { } never)
            {
                return Wrong(
                    $"it asks for '{never}' as {column}, which is never that",
                    NearestName.Remedy(never, choices.Where(choice => choice.Length > 0)), claim.PlaceOf(never));
            }
        }

        if (claim.BreaksWhen.OfType<Mutation.Rotate>()
            .FirstOrDefault(rotate => plan.Swept.All(swept => swept.Declaration.Name != rotate.Name)) is { } idle)
        {
            return Wrong(
                $"'{idle}' changes nothing: '{idle.Name}' is not swept",
                plan.Swept.IsEmpty
                    ? "nothing is: name another change"
                    : $"swept are: {string.Join(", ", plan.Swept.Select(swept => swept.Declaration.Name))}",
                claim.PlaceOf(idle));
        }

        if (claim.BreaksWhen.OfType<Mutation.Untrained>().FirstOrDefault() is { } untrained && IsMeasuredOnce(plan))
        {
            return Wrong(
                $"'{untrained}' changes nothing: everything is measured once", "measure at more steps, or name another change",
                claim.PlaceOf(untrained));
        }

        return !words.MayMeanOtherMetrics
            && claim.BreaksWhen.FirstOrDefault(change => change.OfMetric is { } changed && !words.Metrics.Contains(changed)) is { } unseen
            ? Wrong(
                $"'{unseen}' changes nothing that its SQL asks for: this names no metric '{unseen.OfMetric}'",
                $"change what it asks for ({string.Join(", ", words.Metrics)}), or all metrics: untrained, swap splits, shuffle seeds",
                claim.PlaceOf(unseen))
            : null;
    }

    [GeneratedRegex("\"([^\"]+)\"")]
    private static partial Regex Quoted();

    private static bool IsMeasuredOnce(SweepPlan plan)
    {
        for (var place = 0L; place < plan.PointCount; place++)
        {
            if (plan.ScheduleFor(plan.PointAt(place)).Snapshots.Length > 1)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The columns whose words are known before there are results, with these.</summary>
    private static IEnumerable<(string Column, IReadOnlyCollection<string> Choices)> ChoicesOf(SweepPlan plan) =>
        plan.Experiment.Hyperparameters.Where(declared => declared.Kind == ValueKind.Choice)
            .Select(declared => (declared.Name, (IReadOnlyCollection<string>)declared.Choices))
            .Prepend(("split", [.. plan.Experiment.Splits, ""])).Prepend(("source", [.. SourceNames.All]));
}
