using Sweeper.Terminal;
using Sweeper.Tests.Documentation;
using Xunit;

namespace Sweeper.Tests.CommandLine;

public sealed class HelpTests
{
    [Fact]
    public async Task Without_arguments_the_first_five_verbs_are_shown()
    {
        var shown = await InProcess.Run();

        Assert.Equal((0, ""), (shown.ExitCode, shown.Error));
        var typed = shown.Output.Split('\n')
            .Select(line => line.Trim()).Where(line => line.StartsWith("sweeper ", StringComparison.Ordinal)).ToList();
        Assert.Equal(5, typed.Count);
        Assert.All(typed, line => Assert.Empty(global::Sweeper.CommandLine.Parse(ShellWords.Of(line.Split("   ")[0])[1..]).Errors));
        Assert.All(shown.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 100));
    }

    [Fact]
    public async Task Help_of_a_verb_ends_in_examples()
    {
        foreach (var verb in (string[])["plan", "run", "query"])
        {
            Assert.Contains($"Examples:\n  sweeper {verb} ", (await InProcess.Run(verb, "--help")).Output, StringComparison.Ordinal);
        }

        Assert.All(HelpExamples.All, line => Assert.Empty(global::Sweeper.CommandLine.Parse(ShellWords.Of(line)[1..]).Errors));
    }

    [Fact]
    public async Task The_version_begins_with_a_number()
    {
        var shown = await InProcess.Run("--version");

        Assert.Equal(0, shown.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+", shown.Output);
    }
}
