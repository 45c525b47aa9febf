using Sweeper.Cluster.Tests.CommandLine;

namespace Sweeper.Campaigns;

/// <summary>
/// Sweeps of figures in their quick profile: they draw every figure, and what is claimed of the quick profile holds, but not of changed
/// results.
/// </summary>
public sealed class ReproductionCampaign
{
    /// <summary>Sweeps that claims are made about.</summary>
    public static TheoryData<string> Sweeps => [.. Repository.Files("sweeps", "*.yaml").Order(StringComparer.Ordinal)
        .Where(file => File.ReadLines(Path.Combine(Repository.Root, file)) is var lines && lines.Contains("expect:")
            && lines.Contains("  quick:"))];

    [Theory]
    [MemberData(nameof(Sweeps))]
    public void A_quick_profile_runs_draws_every_figure_and_its_claims_hold_and_notice_changed_results(string sweep)
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

        var reproduced = SweeperProcess.Run(folder.Path, ["reproduce", file, "--profile", "quick", "--page", "reproduction.md"]);
        Assert.True(reproduced.ExitCode == 0, reproduced.Error + reproduced.Output);
        var results = Assert.Single(Directory.GetDirectories(Path.Combine(folder.Path, "results"), "*@quick"));
        var asked = Figures(text);
        Assert.Equal(asked, Directory.GetFiles(Path.Combine(results, "figures"), "*.png").Length);

        // The page needs nothing beside it.
        var page = File.ReadAllText(Path.Combine(folder.Path, "results", "reproduction.html"));
        Assert.Equal(asked, page.Split("<img ").Length - 1);
        Assert.Equal(asked, page.Split("src=\"data:image/").Length - 1);
        Assert.DoesNotMatch("(src|href)=\"(?!data:|#)", page);
        Assert.Contains(
            $"[{file} --profile quick]", File.ReadAllText(Path.Combine(folder.Path, "reproduction.md")), StringComparison.Ordinal);
        Assert.Equal(asked, Directory.GetFiles(Path.Combine(folder.Path, "images"), "*.png", SearchOption.AllDirectories).Length);

        var changed = SweeperProcess.Run(folder.Path, ["check", results, "--mutate"]);
        Assert.True(changed.ExitCode == 0, changed.Error + changed.Output);
    }

    /// <summary>Figures that the profile `quick` asks for: its own, else those of the file.</summary>
    private static int Figures(string text)
    {
        var lines = text.Split('\n');
        var own = lines.SkipWhile(line => line != "  quick:")
            .Skip(1).TakeWhile(line => line.StartsWith("    ", StringComparison.Ordinal)).ToArray();
        var (found, indent) = own.Contains("    figures:") ? (own, "    ") : (lines, "");
        return found.SkipWhile(line => line != $"{indent}figures:").Skip(1)
            .TakeWhile(line => line.StartsWith($"{indent} ", StringComparison.Ordinal))
            .Count(line => line.StartsWith($"{indent}  - ", StringComparison.Ordinal));
    }
}
