using Sweeper.Training.Data.Files;
using Xunit;

namespace Sweeper.Tests.CommandLine;

public sealed class DataTests
{
    [Fact]
    public async Task Every_dataset_is_listed_with_its_files_and_where_it_is_looked_for()
    {
        var listed = await InProcess.Run("data");
        Assert.Equal(0, listed.ExitCode);
        Assert.All(Datasets.All, dataset => Assert.Contains(dataset.Source, listed.Output, StringComparison.Ordinal));
        Assert.All(
            Datasets.All.SelectMany(dataset => dataset.Files),
            file => Assert.Contains($"{file.Name} ", listed.Output, StringComparison.Ordinal));
        Assert.All(DataFolders.Current.Roots, root => Assert.Contains(root, listed.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dataset_that_nobody_knows_is_a_usage_error_that_names_the_known_ones()
    {
        var refused = await InProcess.Run("data", "tinyimages");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("fashion-mnist", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--make needs the name of a dataset", "--make")]
    [InlineData("'mnist' is published, not made", "mnist", "--make")]
    public async Task What_cannot_be_made_is_a_usage_error_that_names_what_can(string problem, params string[] arguments)
    {
        var refused = await InProcess.Run(["data", .. arguments]);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains(problem, refused.Error, StringComparison.Ordinal);
        Assert.Contains("king-james-bible", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_its_data_a_sweep_can_be_planned_but_not_run_and_leaves_nothing_behind()
    {
        var dataset = Datasets.Find("cifar10")!;
        Assert.SkipWhen(dataset.Files.Any(file => DataFolders.Current.Find(dataset, file) is not null), "this machine has CIFAR-10");
        var folder = Directory.CreateTempSubdirectory("sweeper-no-data-").FullName;
        try
        {
            var path = Path.Combine(folder, "a.yaml");
            await File.WriteAllTextAsync(
                path, "sweep: a\nexperiment: mlp-classifier\nfixed: { dataset: cifar10, steps: 1 }", TestContext.Current.CancellationToken);
            Assert.Equal(0, (await InProcess.Run("plan", path, "--results", folder)).ExitCode);
            foreach (var line in new[] { new[] { "run", path, "--results", folder }, ["data", "cifar10"] })
            {
                var refused = await InProcess.Run(line);
                Assert.Equal(5, refused.ExitCode);
                Assert.Contains("cifar-10-binary.tar.gz of the dataset 'cifar10' was not found", refused.Error, StringComparison.Ordinal);
                Assert.Contains(DataFolders.Variable, refused.Error, StringComparison.Ordinal);
            }

            Assert.Equal([path], Directory.GetFileSystemEntries(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
