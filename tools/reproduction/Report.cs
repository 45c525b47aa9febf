using Sweeper.Core.Errors;

namespace Sweeper.Reproduction;

/// <summary>Asks the results of sweeps, and writes what they say.</summary>
/// <param name="results">Folder of results folders.</param>
/// <param name="profile">Profile of the runs, or null.</param>
/// <param name="page">Markdown file to write, or null.</param>
internal sealed class Report(string results, string? profile, string? page)
{
    /// <summary>The claims that come with the program, by sweep file; for tests.</summary>
    public static IEnumerable<ClaimFile> Claims() =>
        Directory.EnumerateFiles(Path.Combine(Checkout.Root, "tools/reproduction/claims"), "*.sql", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => ClaimFile.Parse(Path.GetRelativePath(Checkout.Root, path), File.ReadAllText(path)));

    /// <summary>Prints every verdict; 0, or 7 when a claim without a stated cause fails.</summary>
    public int Run(string[] sweeps)
    {
        var wanted = sweeps.Select(path => Path.GetRelativePath(Checkout.Root, path)).ToHashSet(StringComparer.Ordinal);
        // What is claimed of one profile says nothing of another.
        var files = Claims()
            .Where(file => (wanted.Count == 0 || wanted.Contains(file.Sweep)) && (profile is null || file.Profile is null)).ToList();
        if (wanted.Except(files.Select(file => file.Sweep)).FirstOrDefault() is { } unknown)
        {
            throw new SweepException(ExitCode.Usage, $"there are no claims about {unknown}", "tools/reproduction/claims has a file for every sweep with claims");
        }

        var outcomes = files
            .Select(file => Outcome.Of(file, Path.Combine(Checkout.Root, file.Sweep), results, profile ?? file.Profile)).ToList();
        foreach (var outcome in outcomes)
        {
            Print(outcome);
        }

        if (page is not null)
        {
            ReproductionPage.Write(page, outcomes, Checkout.Commit());
        }

        return outcomes.SelectMany(outcome => outcome.Verdicts).Any(verdict => verdict is { Holds: false, Claim.Cause: null }) ? (int)ExitCode.ClaimFailed : 0;
    }

    private static void Print(Outcome outcome)
    {
        Console.WriteLine(outcome.File.Asked);
        foreach (var verdict in outcome.Verdicts)
        {
            Console.WriteLine($"  {(verdict.Holds ? "holds " : "MISSED")} {verdict.Claim.Entry}: {verdict.Claim.Statement}");
            Console.WriteLine($"         expected {verdict.Claim.Expected}; measured {verdict.Measured}");
        }
    }
}
