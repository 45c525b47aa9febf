using Sweeper.Results.Folders;
using Xunit;

namespace Sweeper.Tests.CommandLine;

/// <summary>Folders that are none, or lack something, are told before anything else is said.</summary>
public sealed class FolderFaultTests
{
    [Fact]
    public async Task A_file_where_results_should_go_is_refused_before_the_plan_is_shown()
    {
        using var temporary = new TemporaryFolder();
        var sweep = temporary.In("tiny.yaml");
        File.WriteAllText(sweep, "sweep: tiny\nexperiment: teacher-student\nfixed: { steps: 1 }\n");
        var run = await InProcess.Run("run", sweep, "--results", sweep);
        var error = $"error: this is a file, and results go into a folder\n  {sweep}\n  name a folder with --results\n";
        Assert.Equal((5, "", error), (run.ExitCode, run.Output, run.Error));
    }

    [Fact]
    public async Task A_folder_without_its_journal_is_told_how_to_get_it_back()
    {
        using var temporary = new TemporaryFolder();
        var folder = temporary.In("bare");
        Directory.CreateDirectory(new ResultFolder(folder).Segments);
        var run = await InProcess.Run("status", folder);
        Assert.Equal((5, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"error: this results folder has lost its journal\n  {folder}\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("makes the journal again from the segments", run.Error, StringComparison.Ordinal);
    }
}
