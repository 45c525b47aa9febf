using Xunit;

namespace Sweeper.Tests.CommandLine;

public sealed class ReproduceTests
{
    [Theory]
    [InlineData("nothing/*", null, "no sweep file matches")]
    [InlineData("silent.yaml", "long", "no sweep file has a profile 'long'")]
    [InlineData("silent.yaml", null, "no such sweep file")]
    public async Task Nothing_to_reproduce_is_a_usage_error(string pattern, string? profile, string problem)
    {
        using var temporary = new TemporaryFolder();
        if (profile is not null)
        {
            await File.WriteAllTextAsync(
                temporary.In("silent.yaml"), "sweep: silent\nexperiment: teacher-student\n", TestContext.Current.CancellationToken);
        }

        var ended = await InProcess.Run(["reproduce", temporary.In(pattern), "--results", temporary.In("results"),
            .. profile is null ? (string[])[] : ["--profile", profile]]);

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(problem, ended.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(temporary.In("results")));
    }
}
