using Sweeper.Cluster.Tests.CommandLine;
using Sweeper.Cluster.Tests.Transcript;

namespace Sweeper.Campaigns;

/// <summary>
/// What an author does who follows docs/extending.md to the letter, in a copy of the tree: writes the files that it shows, types
/// what it says and compares the answers.
/// </summary>
public sealed class ExtendingCampaign
{
    private const string Page = "docs/extending.md";
    private const string Program = "src/Sweeper/bin/Release/net10.0/linux-x64/sweeper.dll";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <summary>What builds and tests need; nothing that is built.</summary>
    private static readonly string[] Copied = ["src", "tests", "docs", "sweeps", "tools", "cluster-config"];

    [Fact]
    public void The_page_builds_runs_and_answers_what_it_says_and_the_tests_of_the_catalog_pass()
    {
        using var tree = new TemporaryFolder();
        var atRoot = Directory.EnumerateFiles(Repository.Root).Select(path => Path.GetFileName(path));
        foreach (var file in Copied.SelectMany(part => Repository.Files(part, "*"))
            .Where(file => !file.Contains("/node_modules/", StringComparison.Ordinal)).Concat(atRoot))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(tree.In(file))!);
            File.Copy(Path.Combine(Repository.Root, file), tree.In(file));
        }

        foreach (var (path, block) in Markdown.NamedBlocks(Page))
        {
            Assert.False(File.Exists(tree.In(path)), $"{path} is there before");
            File.WriteAllText(tree.In(path), block.Text);
        }

        Do(tree.Path, "dotnet build src/Sweeper -c Release -warnaserror -nodeReuse:false");
        foreach (var (_, command, answer) in TranscriptPage.Read(File.ReadAllText(tree.In(Page))).Where(part => part.Command is not null))
        {
            var answered = Do(tree.Path, $"dotnet {Program} {command}");
            Assert.True(TranscriptPage.Agrees(answer, answered), $"$ sweeper {command}\n{answered}");
        }

        Assert.StartsWith(
            "# sparse-regression\n", File.ReadAllText(tree.In("docs/experiments/sparse-regression.md")), StringComparison.Ordinal);
        Assert.Equal(
            ["early_stopping.png", "share_of_inputs.png", "used_inputs.png"],
            Directory.GetFiles(tree.In("results/sparse-regression/figures"), "*.png")
                .Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Do(tree.Path, Assert.Single(
            Markdown.Blocks(Page).SelectMany(block => block.Typed), line => line.StartsWith("SWEEPER_APPROVE=", StringComparison.Ordinal)));
        Do(
            tree.Path,
            "dotnet test --project tests/Sweeper.Training.Tests -c Release --no-build --filter-class '*CatalogTests' --filter-class "
            + "'*MetricValueTests' --filter-class '*ExampleTests'");
        Do(
            tree.Path,
            "dotnet test --project tests/Sweeper.Tests -c Release --filter-class '*ExperimentsPagesTests' --filter-class "
            + "'*FigureKindTests' --filter-class '*GrowthCurvesTests'");
    }

    private static string Do(string folder, string command)
    {
        var ended = SweeperProcess.Shell(folder, command, Patience);
        Assert.True(ended.ExitCode == 0, $"{command}\n{ended.Output}{ended.Error}");
        return ended.Output;
    }
}
