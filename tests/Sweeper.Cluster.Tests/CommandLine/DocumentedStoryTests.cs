namespace Sweeper.Cluster.Tests.CommandLine;

/// <summary>What a new user does: README from top to bottom, with fewer steps.</summary>
public sealed class DocumentedStoryTests
{
    private static readonly (string Written, string Tested)[] Shortened =
        [("steps: 2000", "steps: 20"), ("steps: 200 ", "steps: 10 "), ("log: 40", "log: 4"), ("step = 2000", "step = 20")];

    private const string Trained =
        """
        { entry: 1, claim: It is trained, expected: less at the end, breaks_when: [untrained],
          sql: "SELECT max(final) < 1 AS ok, max(final) AS value FROM summaries WHERE source = 'run' AND metric = 'relative_loss'" }
        """;

    [Fact]
    public void Every_sweeper_line_and_every_query_of_the_README_and_of_the_results_reference_works_in_order()
    {
        using var folder = new TemporaryFolder();
        var readme = Markdown.Blocks("README.md");
        var sweep = Assert.Single(readme, block => block.Info == "yaml").Text;
        File.WriteAllText(folder.In("decay.yaml"), Shorten(sweep));
        // One sweep with a claim stands for those that are reproduced: a campaign has them all.
        Directory.CreateDirectory(folder.In("sweeps/relu-modes"));
        var rise = Assert.Single(
            Markdown.Blocks("docs/sweep-file.md"), block => block.Text.StartsWith("sweep: rise", StringComparison.Ordinal)).Text;
        File.WriteAllText(
            folder.In("sweeps/relu-modes/rise.yaml"), $"{rise}\nprofiles: {{ quick: {{ seeds: 2, expect: [ {Trained} ] }} }}\n");

        foreach (var block in readme)
        {
            foreach (var line in block.Typed.Where(line => line.StartsWith("sweeper ", StringComparison.Ordinal)))
            {
                var ended = SweeperProcess.Shell(folder.Path, $"sweeper() {{ $SWEEPER \"$@\"; }}; {line}");
                Assert.True(ended.ExitCode == 0, $"{block.Place}: {line}: {ended.Error}");
            }
        }

        foreach (var block in readme.Concat(Markdown.Blocks("docs/results.md")).Where(block => block.Info == "sql"))
        {
            var asked = SweeperProcess.Run(folder.Path, ["query", "results/decay", Shorten(block.Text), "--format", "csv"]);
            Assert.True(asked.ExitCode == 0, $"{block.Place}: {asked.Error}");
            Assert.InRange(asked.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, 5, 100);
        }

        // Two depths, two noises, five decays; eight seeds, then thirteen.
        var trials = SweeperProcess.Run(
            folder.Path, ["query", "results/decay", "SELECT state, count(*) AS n FROM trials GROUP BY state", "--format", "csv"]);
        Assert.Equal("state,n\ncommitted,260\n", trials.Output);
        Assert.True(File.Exists(folder.In("results/decay/figures/relative_loss.png")));
    }

    [Fact]
    public void Every_line_of_the_operations_page_that_needs_no_second_process_works_in_order()
    {
        using var folder = new TemporaryFolder();
        var sweep = Assert.Single(Markdown.Blocks("README.md"), block => block.Info == "yaml").Text;
        File.WriteAllText(folder.In("decay.yaml"), Shorten(sweep));

        var lines = Markdown.Blocks("docs/operations.md").Where(block => block.Info == "bash").SelectMany(block => block.Typed).ToList();
        Assert.All(lines, line =>
        {
            var ended = SweeperProcess.Shell(folder.Path, $"sweeper() {{ $SWEEPER \"$@\"; }}; {line}");
            Assert.True(ended.ExitCode == 0, $"{line}: {ended.Error}");
        });

        // As the README has it: twenty points with eight seeds; once as a whole, once in two parts.
        Assert.Contains(
            "160 of 160 trials committed", SweeperProcess.Run(folder.Path, ["status", "node1/decay"]).Output, StringComparison.Ordinal);
        Assert.Equal(
            File.ReadAllBytes(folder.In("results/decay/curves.parquet")), File.ReadAllBytes(folder.In("node1/decay/curves.parquet")));
    }

    private static string Shorten(string text) =>
        Shortened.Aggregate(text, (shortened, pair) => shortened.Replace(pair.Written, pair.Tested, StringComparison.Ordinal));
}
