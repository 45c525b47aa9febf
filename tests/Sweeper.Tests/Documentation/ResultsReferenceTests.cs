using System.Text.RegularExpressions;
using Sweeper.Tests.Results;
using Xunit;

namespace Sweeper.Tests.Documentation;

public sealed partial class ResultsReferenceTests
{
    private static readonly string[] Hyperparameters = [.. SyntheticSweep.Experiment.Hyperparameters.Select(declared => declared.Name)];

    [Theory]
    [InlineData("trials.parquet", "trials.parquet")]
    [InlineData("curves.parquet", "curves.parquet")]
    [InlineData("summaries.parquet", "summaries.parquet")]
    [InlineData("segments", "segments/*.parquet")]
    public void The_columns_in_the_results_reference_are_those_of_the_file_in_order_and_type(string section, string files)
    {
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(SyntheticSweep.Plan(), temporary.In("synthetic"));

        var written = Duck.Query($"SELECT column_name, column_type FROM (DESCRIBE FROM read_parquet('{Path.Combine(folder.Path, files)}'))")
            .Where(column => !Hyperparameters.Contains((string)column[0]!))
            .Select(column => $"{column[0]} {column[1]}");

        Assert.Equal(Documented(section), written);
    }

    private static IEnumerable<string> Documented(string section)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs/results.md"));
        var start = text.IndexOf($"\n## `{section}", StringComparison.Ordinal);
        Assert.True(start > 0, $"docs/results.md has no section on {section}");
        var end = text.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return Row().Matches(text[start..(end < 0 ? text.Length : end)]).Select(row => $"{row.Groups[1].Value} {row.Groups[2].Value}");
    }

    [GeneratedRegex(@"(?<=\n)\| `([a-z0-9_]+)` \| ([A-Z]+) \|")]
    private static partial Regex Row();
}
