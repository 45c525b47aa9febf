using System.Collections.Immutable;
using Sweeper.Results.Query;

namespace Sweeper.Reproduction;

/// <summary>One sweep that was run, and what its results say.</summary>
/// <param name="File">Its claims.</param>
/// <param name="Title">The comment that the sweep file begins with.</param>
/// <param name="Folder">Its results.</param>
/// <param name="Trials">Committed trials.</param>
/// <param name="TrainingSeconds">Time its packs took, added up: two workers spend two seconds in one.</param>
/// <param name="Verdicts">One a claim.</param>
internal sealed record Outcome(ClaimFile File, string Title, string Folder, long Trials, double TrainingSeconds, ImmutableArray<Verdict> Verdicts)
{
    private const string Totals =
        "SELECT count(*), coalesce(sum(wall_s / lanes), 0) FROM (SELECT wall_s, count(*) OVER (PARTITION BY pack) AS lanes FROM trials WHERE state <> 'pending')";

    /// <summary>Asks the results of one sweep file.</summary>
    public static Outcome Of(ClaimFile file, string sweep, string results, string? profile)
    {
        var lines = System.IO.File.ReadAllLines(sweep);
        var name = lines.First(line => line.StartsWith("sweep:", StringComparison.Ordinal))["sweep:".Length..].Split('#')[0].Trim();
        var folder = Path.Combine(results, profile is null ? name : $"{name}@{profile}");
        var verdicts = file.Claims.Select(claim => Verdict.Of(claim, folder)).ToImmutableArray();
        var totals = ResultQuery.Run(folder, Totals).Rows[0];
        return new Outcome(file, string.Join(' ', lines.TakeWhile(line => line.StartsWith('#')).Select(line => line.TrimStart('#', ' '))), folder, (long)totals[0]!, (double)totals[1]!, verdicts);
    }

    /// <summary>Name of the sweep.</summary>
    public string Sweep => Path.GetFileName(Folder);
}
