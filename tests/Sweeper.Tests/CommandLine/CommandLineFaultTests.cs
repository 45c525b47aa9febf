using Xunit;

namespace Sweeper.Tests.CommandLine;

/// <summary>A wrong command line is told in words, with what was probably meant; nothing is run.</summary>
public sealed class CommandLineFaultTests
{
    [Theory]
    [InlineData("plann a.yaml", "there is no verb 'plann'", "did you mean 'plan'?")]
    [InlineData("satus", "there is no verb 'satus'", "did you mean 'status'?")]
    [InlineData("zzzzzzzzz", "there is no verb 'zzzzzzzzz'", "known are: init, plan, run")]
    [InlineData("--vesion", "sweeper has no option '--vesion'", "did you mean '--version'?")]
    [InlineData("plan a.yaml --sedes 3", "`plan` has no option '--sedes'", "did you mean '--seeds'?")]
    [InlineData("plan --halp", "`plan` has no option '--halp'", "did you mean '--help'?")]
    [InlineData("plan -x", "`plan` has no option '-x'", "known are: --profile")]
    [InlineData("plan a.yaml --limit abc", "--limit must be a whole number, but 'abc' stands there", "write --limit <trials>: ")]
    [InlineData("plan a.yaml --limit 1e3", "--limit must be a whole number, but '1e3' stands there", "write --limit <trials>: ")]
    [InlineData("run a.yaml --workers many", "--workers must be a whole number, but 'many' stands there", "write --workers <number>: ")]
    [InlineData("run a.yaml --workers 99999999999", "--workers cannot be 99999999999", "write --workers <number>: ")]
    [InlineData("summary a --index x", "--index must be a whole number, but 'x' stands there", "write --index <number>: ")]
    [InlineData("plan a.yaml --limit", "--limit needs a value", "write --limit <trials>: ")]
    [InlineData("plan a.yaml --limit 1 --limit 2", "--limit stands twice, with '1' and '2'", "keep one")]
    [InlineData("plan a.yaml b.yaml", "`plan` takes no further 'b.yaml'", "sweeper plan --help")]
    [InlineData("plan", "`plan` needs <sweep>: sweep file (YAML)", "sweeper plan --help")]
    [InlineData("query a", "`query` needs <sql>: one SELECT", "sweeper query --help")]
    [InlineData("query a b --format jsno", "--format cannot be 'jsno'", "did you mean 'json'?")]
    [InlineData("export a --view tirals", "--view cannot be 'tirals'", "did you mean 'trials'?")]
    [InlineData("query a b --digits 0", "--digits cannot be 0", "1 to 17")]
    [InlineData("query a b --digits 3 --format csv", "--digits says how a table looks", "round(..)")]
    [InlineData("data minst", "there is no dataset 'minst'", "did you mean 'mnist'?")]
    public async Task A_fault_is_said_in_words_with_a_remedy(string line, string problem, string remedy)
    {
        var run = await InProcess.Run(line.Split(' '));
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"error: {problem}", run.Error, StringComparison.Ordinal);
        Assert.Contains(remedy, run.Error.Split('\n')[^2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_faults_are_told_together()
    {
        var run = await InProcess.Run("run", "--limit", "x", "--workers", "y");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--limit must be a whole number", run.Error, StringComparison.Ordinal);
        Assert.Contains("--workers must be a whole number", run.Error, StringComparison.Ordinal);
        Assert.Contains("`run` needs <sweep>", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("3 errors; nothing was started\n", run.Error, StringComparison.Ordinal);
    }

    /// <summary>Tests run outside of the repository's root, as an installed program does.</summary>
    [Fact]
    public async Task A_hint_names_no_file_that_is_not_there()
    {
        Assert.False(File.Exists("sweeps/quickstart.yaml"));
        foreach (var line in (string[][])[[], ["plan", "--help"], ["run", "--help"], ["summary", "--help"]])
        {
            Assert.DoesNotContain("quickstart", (await InProcess.Run(line)).Output, StringComparison.Ordinal);
        }
    }
}
