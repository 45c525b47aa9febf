using System.Collections.Immutable;
using Sweeper.Core.Errors;
using Sweeper.Slurm;
using Sweeper.Tests.CommandLine;
using Xunit;

namespace Sweeper.Tests.Slurm;

public sealed class SlurmRequestTests
{
    private static readonly string Quickstart = Path.Combine(Repository.Root, "sweeps", "quickstart.yaml");

    /// <summary>The formats of sbatch's manual.</summary>
    [Theory]
    [InlineData("90", 90 * 60)]
    [InlineData("90:30", 90 * 60 + 30)]
    [InlineData("04:00:00", 4 * 3600)]
    [InlineData("1-00", 86400)]
    [InlineData("1-06:30", 86400 + 6 * 3600 + 30 * 60)]
    [InlineData("2-00:00:10", 2 * 86400 + 10)]
    public void A_time_limit_is_read_as_SLURM_reads_it(string text, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), SlurmRequest.Limit(text));

    [Theory]
    [InlineData("4h")]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("1:2:3:4")]
    [InlineData("04:00:00\n")]
    public void What_is_no_time_limit_is_told(string text) => Assert.Null(SlurmRequest.Limit(text));

    [Fact]
    public void All_that_is_wrong_is_told_together()
    {
        var also = ImmutableDictionary<string, string>.Empty.Add("mem", "3x").Add("qos", "a b");
        var faults = new SlurmRequest(0, 3, 4, "00:02:00", also, ["exclusive", "--nice\n#SBATCH --x"]).Faults;
        Assert.All(faults, fault => Assert.Equal(ExitCode.Usage, fault.ExitCode));
        Assert.Equal(
            [
                "--nodes 0 trains nothing", "4 cores cannot be shared evenly by 3 GPUs",
                "--time 00:02:00 is no longer than the two minutes that workers have for leaving",
                "--qos 'a b' is not one word", "--mem '3x' is no amount of memory", "--sbatch 'exclusive' is no option of sbatch",
                "--sbatch '--nice\n#SBATCH --x' is no option of sbatch",
            ],
            faults.Select(fault => fault.Message));
    }

    [Fact]
    public async Task The_verb_prints_a_script_and_nothing_else_and_makes_nothing()
    {
        using var folder = new TemporaryFolder();
        var run = await InProcess.Run("slurm", Quickstart, "--nodes", "4", "--gpus-per-node", "8", "--time", "04:00:00", "--results",
            folder.In("r"), "--set", "depth=2,4");
        Assert.Equal(0, run.ExitCode);
        _ = Bash.Run(run.Output, "-n");
        Assert.Contains($"sweep=({Quickstart} --set depth=2,4)\n", run.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.In("r")));
    }

    [Theory]
    [InlineData("neither GPUs nor cores are asked for", "--time", "1:00:00")]
    [InlineData("--time '4h' is no time limit", "--time", "4h", "--cpus-per-node", "4")]
    [InlineData("--time is missing", "--cpus-per-node", "4")]
    public async Task Faults_end_with_2_and_print_no_script(string problem, params string[] typed)
    {
        var run = await InProcess.Run(["slurm", Quickstart, .. typed]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains($"error: {problem}\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sweep_file_that_does_not_parse_prints_no_script()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.In("bad.yaml"), "experiment: teacher-studen\n", TestContext.Current.CancellationToken);
        var run = await InProcess.Run("slurm", folder.In("bad.yaml"), "--time", "1:00:00", "--cpus-per-node", "4");
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task A_sweep_file_that_is_not_there_is_told_together_with_what_else_is_wrong()
    {
        var run = await InProcess.Run("slurm", "nosuch.yaml", "--time", "1", "--cpus-per-node", "4");
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("error: --time 1 is no longer than the two minutes", run.Error, StringComparison.Ordinal);
        Assert.Contains("nosuch.yaml", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("2 errors; nothing was started\n", run.Error, StringComparison.Ordinal);
    }
}
