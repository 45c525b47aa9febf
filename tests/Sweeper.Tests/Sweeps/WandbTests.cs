using Sweeper.Core.Errors;
using Sweeper.Core.Sweeps;
using Sweeper.Tests.Fakes;
using Xunit;

namespace Sweeper.Tests.Sweeps;

public sealed class WandbTests
{
    private const string Grid = """
        program: scripts/toy.py
        method: grid
        name: My Sweep_2
        metric: { name: loss, goal: minimize }
        command: [ "${env}", python, "${program}", "${args}" ]
        parameters:
          depth: { values: [2, 4] }
          lr: { value: 1e-3 }
          optimizer: { distribution: categorical, values: [gd, adam] }
          seed: { values: [3, 5] }
        """;

    [Fact]
    public void A_grid_file_is_taken_as_it_is_and_says_what_is_not_used()
    {
        var plan = FakeCatalog.Plan(Grid);
        Assert.Equal(("my-sweep-2", "toy", 4L, 8L), (plan.Name, plan.Experiment.Name, plan.PointCount, plan.TrialCount));
        Assert.Equal([3, 5], plan.Seeds);
        Assert.Equal(0.001, plan.PointAt(0).Real("lr"));
        Assert.Equal(["of this Weights & Biases file 'metric', 'command' are not used"], plan.Notes);
        var same = FakeCatalog.Plan(
            "sweep: my-sweep-2\nexperiment: toy\nfixed: { lr: 0.001 }\ngrid: { depth: [2, 4], optimizer: [gd, adam] }\nseeds: [3, 5]");
        Assert.Equal((same.Hash, same.ResolvedText), (plan.Hash, plan.ResolvedText));
        Assert.Equal("twice = 2 * depth", FakeCatalog.Plan(Grid + "\nderive: { twice: 2 * depth }").Derived
            .Select(derived => $"{derived.Name} = {derived.Formula}").Single());
    }

    [Fact]
    public void The_experiment_comes_from_the_command_line_first_and_the_name_from_the_file_last()
    {
        var plan = FakeCatalog.Plan(
            "method: grid\nprogram: train.py\nparameters: { seed: { value: 7 } }", new SweepOverrides(null, ["depth=3,4"], null, "toy"));
        Assert.Equal(("toy", 2L, "7"), (plan.Name, plan.PointCount, string.Join(' ', plan.Seeds)));
        Assert.Equal(["of this Weights & Biases file 'program' is not used"], plan.Notes);
    }

    [Theory]
    [InlineData("method: random\nprogram: toy.py\nparameters: {}", "1:9", "only `method: grid`")]
    [InlineData("program: toy.py\nparameters: {}", "1:1", "only `method: grid`")]
    [InlineData("method: grid\nparameters: {}", "1:1", "does not say which experiment")]
    [InlineData("method: grid\nprogram: train.py\nparameters: {}", "2:10", "there is no experiment 'train'")]
    [InlineData("method: grid\nprogram: toy.py\nparameters: { lr: { min: 0, max: 1 } }", "3:21", "a grid cannot be made of 'min'")]
    [InlineData("method: grid\nprogram: toy.py\nparameters: { lr: { parameters: {} } }", "3:21", "nested parameters")]
    [InlineData("method: grid\nprogram: toy.py\nparameters: { lr: {} }", "3:19", "neither 'value' nor 'values'")]
    [InlineData("method: grid\nprogram: toy.py\nparameters: { lr: 2 }", "3:19", "'lr' must be a table")]
    [InlineData("method: grid\nprogram: toy.py\nparameters: { dept: { value: 2 } }", "3:15", "no hyperparameter 'dept'")]
    [InlineData("method: grid\nprogam: toy.py\nparameters: {}", "2:1", "unknown key 'progam'")]
    public void What_is_no_grid_is_refused_with_its_place(string text, string place, string problem)
    {
        var fault = Assert.Throws<SweepException>(() => FakeCatalog.Plan(text));
        Assert.Contains($"toy.yaml:{place}\n", fault.Place, StringComparison.Ordinal);
        Assert.Contains(problem, fault.Message, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(fault.Remedy));
    }
}
