using Xunit;

namespace Sweeper.Tests.CommandLine;

public sealed class ExperimentsPageTests
{
    [Fact]
    public async Task The_committed_page_is_what_the_declarations_say()
    {
        var page = await InProcess.Run("experiments", "--markdown");
        Assert.Equal(0, page.ExitCode);
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs/experiments.md"), TestContext.Current.CancellationToken), page.Output);
    }
}
