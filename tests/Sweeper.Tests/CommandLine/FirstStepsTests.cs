using Sweeper.Composition;
using Sweeper.Core.Errors;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Files;
using Xunit;

namespace Sweeper.Tests.CommandLine;

/// <summary>What somebody is told who gets a name, a folder or a number wrong on the first day.</summary>
public sealed class FirstStepsTests
{
    private const string Tiny = "sweep: tiny\nexperiment: teacher-student\nfixed: { steps: 1 }\n";

    [Theory]
    [InlineData("plan", "--engine", "lanes")]
    [InlineData("run", "--seeds", "1")]
    [InlineData("slurm", "--cpus-per-node", "1", "--time", "01:00:00")]
    public async Task A_folder_of_another_experiment_is_refused_alike_by_whoever_reads_the_sweep(string verb, params string[] more)
    {
        using var temporary = new TemporaryFolder();
        var path = Written(temporary, Tiny);
        CompositionRoot.Folders(_ => { }).OpenForWriting(Plan(path), temporary.In("results/tiny")).Dispose();
        File.WriteAllText(path, Tiny.Replace("teacher-student", "mlp-classifier", StringComparison.Ordinal));

        var run = await InProcess.Run([verb, path, "--results", temporary.In("results"), .. more]);
        Assert.Equal((5, ""), (run.ExitCode, run.Output));
        Assert.Contains(
            "holds sweep 'tiny' of experiment 'teacher-student', not 'tiny' of 'mlp-classifier'", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--workers", "0", "--workers 0 trains nothing")]
    [InlineData("--workers", "-1", "--workers -1 trains nothing")]
    [InlineData("--gpus", "0", "--gpus 0 is neither a number nor `all`")]
    [InlineData("--gpus", "some", "--gpus some is neither a number nor `all`")]
    public async Task A_number_of_processes_that_trains_nothing_is_refused_before_the_plan_is_shown(
        string option, string value, string error)
    {
        using var temporary = new TemporaryFolder();
        var run = await InProcess.Run("run", Written(temporary, Tiny), "--results", temporary.In("results"), option, value);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"error: {error}\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_read_only_file_system_asks_for_another_folder_and_for_no_repair()
    {
        var fault = Assert.Throws<SweepException>(
            () => DiskFault.Guard("/there", () => throw new IOException("Read-only file system", 30)));
        Assert.Equal("the file system is read-only", fault.Message);
        Assert.StartsWith("name another folder with --results", fault.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("results/tiny")]
    [InlineData("tiny")]
    public async Task A_results_folder_where_a_sweep_file_should_be_is_told_how_to_go_on(string given)
    {
        using var temporary = new TemporaryFolder();
        var path = Written(temporary, Tiny);
        CompositionRoot.Folders(_ => { }).OpenForWriting(Plan(path), temporary.In("results/tiny")).Dispose();
        File.WriteAllText(temporary.In("results/tiny/journal.jsonl"), "");
        var typed = given == "tiny" ? given : temporary.In(given);

        foreach (var verb in (string[])["run", "plan", "submit"])
        {
            var run = await InProcess.Run(verb, typed, "--results", temporary.In("results"));
            Assert.Equal((2, ""), (run.ExitCode, run.Output));
            Assert.StartsWith("error: this is a results folder, not a sweep file\n", run.Error, StringComparison.Ordinal);
            Assert.Contains($"`sweeper resume {typed}` goes on with it", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_guessed_by_its_name_and_not_by_its_ending()
    {
        using var temporary = new TemporaryFolder();
        _ = Written(temporary, Tiny);
        var near = await InProcess.Run("plan", temporary.In("tinny.yaml"));
        Assert.Contains($"did you mean '{temporary.In("tiny.yaml")}'?", near.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("did you mean", (await InProcess.Run("plan", temporary.In("dn.yaml"))).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("figure", "plot")]
    [InlineData("stop", "cancel")]
    [InlineData("validate", "plan")]
    [InlineData("sumary", "summary")]
    public async Task Another_word_for_a_verb_is_understood(string word, string verb)
    {
        var run = await InProcess.Run(word, "results/tiny");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"did you mean '{verb}'?", run.Error, StringComparison.Ordinal);
    }

    private static SweepPlan Plan(string path) => CompositionRoot.Plan(SweepFile.Load(path, SweepOverrides.None));

    private static string Written(TemporaryFolder temporary, string text)
    {
        var path = temporary.In("tiny.yaml");
        File.WriteAllText(path, text);
        return path;
    }
}
