using Sweeper.Cluster.Tests.CommandLine;

namespace Sweeper.Campaigns;

/// <summary>Sweeps of figures in their quick profile, and the claims about them: asked, not met, since a few steps show nothing.</summary>
public sealed class ReproductionCampaign
{
    /// <summary>Sweeps that claims are made about.</summary>
    public static TheoryData<string> Sweeps => [.. Repository.Files("tools/reproduction/claims", "*.sql").Order(StringComparer.Ordinal)
        .Select(file => File.ReadLines(Path.Combine(Repository.Root, file)).First()["-- sweep:".Length..].Trim()).Distinct()];

    [Theory]
    [MemberData(nameof(Sweeps))]
    public void A_quick_profile_runs_draws_every_figure_and_every_claim_about_it_can_be_asked(string sweep)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(Repository.Root, sweep);
        var text = File.ReadAllText(file);
        Assert.SkipUnless(
            !text.Contains("\n  dataset: mnist", StringComparison.Ordinal) || TestImages.AreHere,
            "the test images of MNIST are not here");
        if (text.Contains("\n  dataset: king-james-bible", StringComparison.Ordinal))
        {
            // Into the folder `data` beside the results, where every run looks.
            var made = SweeperProcess.Shell(folder.Path, "SWEEPER_DATA=data $SWEEPER data king-james-bible --make");
            Assert.SkipUnless(made.ExitCode == 0, $"the text cannot be made here: {made.Error}");
        }

        var run = SweeperProcess.Run(folder.Path, ["run", file, "--profile", "quick"]);
        Assert.True(run.ExitCode == 0, run.Error + run.Output);
        var results = Assert.Single(Directory.GetDirectories(Path.Combine(folder.Path, "results")));
        var asked = File.ReadLines(file).SkipWhile(line => line != "figures:").Skip(1).TakeWhile(line => line.StartsWith(' ')).Count(line => line.StartsWith("  - ", StringComparison.Ordinal));
        Assert.Equal(asked, Directory.GetFiles(Path.Combine(results, "figures"), "*.png").Length);

        var verdicts = SweeperProcess.Tool(folder.Path, "reproduction", [file, "--profile", "quick", "--page", "reproduction.md"]);

        Assert.True(verdicts.ExitCode == 7, verdicts.Error + verdicts.Output);
        Assert.Contains("MISSED", verdicts.Output, StringComparison.Ordinal);
        Assert.Contains($"[{sweep}]", File.ReadAllText(Path.Combine(folder.Path, "reproduction.md")), StringComparison.Ordinal);
    }
}
