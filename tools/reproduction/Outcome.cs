using System.Collections.Immutable;
using Sweeper.Results.Query;

namespace Sweeper.Reproduction;

/// <summary>One sweep that was run, and what its results say.</summary>
/// <param name="File">Its claims.</param>
/// <param name="Title">The comment that the sweep file begins with.</param>
/// <param name="Folder">Its results.</param>
/// <param name="Trials">Committed trials.</param>
/// <param name="Verdicts">One a claim.</param>
internal sealed record Outcome(ClaimFile File, string Title, string Folder, long Trials, ImmutableArray<Verdict> Verdicts)
{
    private const string Committed = "SELECT count(*) FROM trials WHERE state <> 'pending'";

    /// <summary>Asks the results of one sweep file.</summary>
    public static Outcome Of(ClaimFile file, string sweep, string results, string? profile)
    {
        var lines = System.IO.File.ReadAllLines(sweep);
        var name = lines.First(line => line.StartsWith("sweep:", StringComparison.Ordinal))["sweep:".Length..].Split('#')[0].Trim();
        var folder = Path.Combine(results, profile is null ? name : $"{name}@{profile}");
        var verdicts = file.Claims.Select(claim => Verdict.Of(claim, folder)).ToImmutableArray();
        var title = string.Join(' ', lines.TakeWhile(line => line.StartsWith('#')).Select(line => line.TrimStart('#', ' ')));
        return new Outcome(file, title, folder, (long)ResultQuery.Run(folder, Committed).Rows[0][0]!, verdicts);
    }

    /// <summary>Name of the sweep, and of its profile, as heading and folder.</summary>
    public string Section => Path.GetFileName(Folder).Replace('@', '-');
}
