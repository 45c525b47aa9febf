using Xunit;

namespace Sweeper.Tests.CommandLine;

public sealed class ExperimentsPagesTests
{
    [Fact]
    public async Task The_committed_pages_are_what_the_declarations_say()
    {
        using var made = new TemporaryFolder();
        Assert.Equal(0, (await InProcess.Run("experiments", "--pages", made.Path)).ExitCode);
        var committed = Path.Combine(Repository.Root, "docs");
        string[] pages =
            ["experiments.md", .. Directory.GetFiles(made.In("experiments")).Select(page => Path.GetRelativePath(made.Path, page))];
        Assert.True(pages.Length > 1);
        Assert.All(pages, page => Assert.Equal(File.ReadAllText(Path.Combine(committed, page)), File.ReadAllText(made.In(page))));
        Assert.Equal(
            Directory.GetFiles(made.In("experiments")).Select(Path.GetFileName).Order(StringComparer.Ordinal),
            Directory.GetFiles(Path.Combine(committed, "experiments")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }
}
