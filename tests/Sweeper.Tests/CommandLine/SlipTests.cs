using Xunit;

namespace Sweeper.Tests.CommandLine;

/// <summary>What is mistyped is answered with what was typed and what could have been meant.</summary>
public sealed class SlipTests
{
    private static readonly string Quickstart = Path.Combine(Repository.Root, "sweeps", "quickstart.yaml");

    [Theory]
    [InlineData("there is no experiment 'teacher-studen'", "did you mean 'teacher-student'?", "experiments", "teacher-studen")]
    [InlineData("there is no dataset 'mnst'", "did you mean 'mnist'?", "data", "mnst")]
    [InlineData(
        "--view and --query name two things to export", "Give one of them.", "export", "nowhere", "--view", "trials", "--query",
        "FROM trials")]
    public async Task The_answer_names_problem_and_remedy(string problem, string remedy, params string[] typed)
    {
        var run = await InProcess.Run(typed);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"error: {problem}\n", run.Error, StringComparison.Ordinal);
        Assert.Contains(remedy, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("run")]
    [InlineData("submit")]
    public async Task A_condition_that_no_trial_meets_is_refused_and_nothing_is_made(string verb)
    {
        using var folder = new TemporaryFolder();
        var run = await InProcess.Run(verb, Quickstart, "--only", "depth == 77", "--results", folder.In("results"));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--only 'depth == 77' holds for none of the 3840 trials", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.In("results")));
    }

    [Fact]
    public async Task A_sweep_file_without_results_is_told_from_a_folder_that_is_not_there()
    {
        using var folder = new TemporaryFolder();
        var run = await InProcess.Run("status", Quickstart, "--results", folder.Path);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(
            $"error: the sweep of '{Quickstart}' has no results folder yet\n  {folder.In("quickstart")}\n", run.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_of_experiments_shows_whole_sentences() =>
        Assert.Contains("(Yunis et al. 2024).\n", (await InProcess.Run("experiments")).Output, StringComparison.Ordinal);
}
