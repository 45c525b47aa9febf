using Sweeper.Core.Experiments;
using Sweeper.Core.Sweeps.Writing;
using Sweeper.Tests.Fakes;
using Sweeper.Training.Experiments;
using Xunit;

namespace Sweeper.Tests.CommandLine;

public sealed class InitTests
{
    private static readonly string Folder = Path.Combine(Path.GetTempPath(), $"sweeper-init-{Environment.ProcessId}");

    public static TheoryData<string> Experiments => [.. new ExperimentCatalog().All.Select(declared => declared.Name)];

    [Theory]
    [MemberData(nameof(Experiments))]
    public async Task A_generated_file_can_be_planned_and_suits_its_schema(string name)
    {
        Directory.CreateDirectory(Folder);
        try
        {
            var path = Path.Combine(Folder, $"{name}.yaml");
            Assert.Equal(0, (await InProcess.Run("init", name, "-o", path)).ExitCode);
            var planned = await InProcess.Run("plan", path, "--results", Folder);
            Assert.Equal("", planned.Error);
            Assert.Contains("2 points x 3 seeds = 6 trials", planned.Output, StringComparison.Ordinal);
            var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
            Assert.Contains($"# yaml-language-server: $schema={name}.schema.json", text, StringComparison.Ordinal);
            Assert.All(
                new ExperimentCatalog().All.Single(declared => declared.Name == name).Hyperparameters,
                declared => Assert.Contains($"{declared.Name}: ", text, StringComparison.Ordinal));
            Assert.Empty(new SchemaCheck((await InProcess.Run("init", name, "--schema")).Output).Faults(text));
            var again = await InProcess.Run("init", name, "-o", path);
            Assert.Equal(2, again.ExitCode);
            Assert.Contains("there is such a file already", again.Error, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    [Fact]
    public void A_template_with_its_lines_uncommented_is_a_sweep_too()
    {
        var toy = FakeCatalog.Instance.All[0];
        var text = SweepTemplate.Write(toy, "toy.schema.json");
        var all = string.Join('\n', text.Split('\n').Select(line =>
            line.StartsWith("  # ", StringComparison.Ordinal) && line.Contains("      #", StringComparison.Ordinal)
                ? "  " + line[4..]
                : line.Replace("# fixed:", "fixed:", StringComparison.Ordinal)));
        Assert.Equal(FakeCatalog.Plan(text).TrialAt(0).Id, FakeCatalog.Plan(all).TrialAt(0).Id);
        Assert.Equal(2, FakeCatalog.Plan(text).PointCount);
    }

    [Fact]
    public async Task Every_sweep_file_suits_the_schema_of_all_experiments()
    {
        var check = new SchemaCheck((await InProcess.Run("init", "--schema")).Output);
        foreach (var path in Repository.Files("sweeps", "*.yaml"))
        {
            var faults = check.Faults(
                await File.ReadAllTextAsync(Path.Combine(Repository.Root, path), TestContext.Current.CancellationToken));
            Assert.True(faults.Count == 0, $"{path}: {string.Join("; ", faults)}");
        }
    }

    [Theory]
    [InlineData("gird: { depth: [2] }")]
    [InlineData("grid: { dept: [2] }")]
    [InlineData("grid: { depth: 2 }")]
    [InlineData("grid: { depth: { linspce: [1, 2, 3] } }")]
    [InlineData("fixed: { depth: -1 }")]
    [InlineData("fixed: { depth: two }")]
    [InlineData("fixed: { optimizer: adm }")]
    [InlineData("grids: [ { gird: {} } ]")]
    [InlineData("profiles: { quick: { fixd: {} } }")]
    [InlineData("measure: [ { at: end } ]")]
    [InlineData("measure: [ { at: end, metrics: [los] } ]")]
    [InlineData("keep: { weights: all }")]
    [InlineData("when: { dept: depth == 2 }")]
    [InlineData("seeds: 1-3")]
    public void A_misspelt_key_or_value_is_refused_by_the_schema(string line)
    {
        ExperimentDeclaration toy = FakeCatalog.Instance.All[0];
        var check = new SchemaCheck(SweepSchema.Of(toy));
        Assert.NotEmpty(check.Faults($"sweep: a\nexperiment: toy\n{line}\n"));
        Assert.Empty(check.Faults(
            "sweep: a\nexperiment: toy\ngrids: [ { grid: { spectrum: [[1, 2]] } } ]\nwhen: { lr: depth == 2 }\nderive: { twice: 2 * lr }\n"
            + "grid:\n  lr: linspace(0, 1, 3)\nseeds: 0..3\nmeasure: [ { at: { log: 4 }, metrics: [loss] } ]\n"));
    }
}
