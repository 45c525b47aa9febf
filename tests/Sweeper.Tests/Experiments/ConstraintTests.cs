using System.Collections.Immutable;
using Sweeper.Core.Errors;
using Sweeper.Core.Experiments;
using Sweeper.Core.Sweeps;
using Sweeper.Training.Experiments;
using Xunit;

namespace Sweeper.Tests.Experiments;

/// <summary>What must fit together in experiments of Jacobians and linear networks: refused with a remedy, which then is enough.</summary>
public sealed class ConstraintTests
{
    private static readonly ExperimentCatalog Catalog = new();

    [Theory]
    [InlineData("finite-width", "activation: tanh, hidden_layers: 2", "activation: tanh", "one hidden layer", "hidden_layers: 1")]
    [InlineData("ensemble-alignment", "validation_examples: 161", "validation_examples: 162", "must be even", "an even number")]
    [InlineData("ensemble-alignment", "inputs: 81", "inputs: 80", "at least twice inputs", "twice inputs or more")]
    [InlineData("ensemble-alignment", "task: classification", "task: classification, outputs: 2", "at least two outputs", "raise outputs")]
    [InlineData(
        "ensemble-alignment", "dataset: mnist-test", "dataset: mnist-test, task: classification", "must be classification",
        "task: classification")]
    [InlineData(
        "ensemble-alignment", "dataset: mnist-test, task: classification, perturb: fresh, train_examples: 3300",
        "dataset: mnist-test, task: classification, perturb: fresh, train_examples: 3200", "at most the images", "lower train_examples")]
    [InlineData("ensemble-alignment", "init: min-norm, leak: 0", "init: min-norm", "min-norm only for regression", "leak: 1")]
    [InlineData("jacobian-depth", "width: 16, modes: 17", "width: 17, modes: 17", "modes must be at most width", "lower modes")]
    [InlineData("jacobian-depth", "min_active: 65", "min_active: 20", "min_active must be at most width", "lower min_active")]
    [InlineData("jacobian-depth", "min_active: 60", "min_active: 60, active_share: 1", "must be open", "raise active_share")]
    [InlineData("jacobian-depth", "task: none", "task: none, steps: 0", "steps must be 0", "choose a task")]
    [InlineData("jacobian-depth", "inputs: 20", "inputs: 20, adapters: true", "need adapters", "adapters: true")]
    [InlineData("jacobian-depth", "task: classification", "task: classification, adapters: true", "needs adapters", "adapters: true")]
    [InlineData(
        "jacobian-depth", "task: classification, adapters: true, outputs: 3", "adapters: true, outputs: 10", "outputs is for",
        "leave outputs out")]
    [InlineData(
        "jacobian-depth", "task: classification, adapters: true, dataset: mnist, inputs: 9",
        "task: classification, adapters: true, inputs: 9", "images have their own", "leave inputs out")]
    [InlineData("jacobian-depth", "teacher_rank: 65", "teacher_rank: 64", "as many modes", "lower teacher_rank")]
    [InlineData(
        "jacobian-depth", "teacher_rank: 3, teacher_spectrum: [1, 2]", "teacher_spectrum: [1, 2]", "without teacher_spectrum", "leave one")]
    [InlineData(
        "jacobian-depth", "init: balanced, init_spectrum: [1, 2]", "init: balanced, init_spectrum: [1, 2], min_active: 2",
        "at most as many as", "raise min_active")]
    [InlineData(
        "jacobian-depth", "init: rotated", "init: rotated, width: 2, modes: 2, teacher_rank: 2, init_spectrum: [1, 2], active_share: 1",
        "rotated needs width values", "active_share: 1")]
    [InlineData(
        "jacobian-depth", "init: training-aligned, product: gated", "init: training-aligned", "training-aligned for", "init: balanced")]
    [InlineData(
        "jacobian-depth", "batch: 5", "batch: 5, adapters: true, task: classification", "is for classification", "task: classification")]
    [InlineData("directional", "batch: 20", "batch: 20, gradient: sample", "where gradient is population", "gradient: sample")]
    public void Values_that_do_not_fit_together_are_refused(string experiment, string wrong, string right, string problem, string remedy) =>
        Check(experiment, wrong, right, problem, remedy);

    [Theory]
    [InlineData("spectral-scaling", "parameterisation: ntk", "richness: 1", "parameterisation: mup")]
    [InlineData("spectral-scaling", "parameterisation: standard", "richness: 1", "parameterisation: mup")]
    [InlineData("finite-width", "activation: relu", "saturation: 1", "activation: tanh")]
    [InlineData("directional", "init: gaussian", "initial_norm: 2", "init: balanced")]
    [InlineData("directional", "init: gaussian", "initial_cosine: 0", "init: balanced")]
    [InlineData("directional", "init: gaussian", "imbalance: 2", "init: balanced")]
    [InlineData("directional", "init: balanced", "init_scale: 2", "init: gaussian")]
    [InlineData("directional", "init: balanced", "init_seed: 2", "init: gaussian")]
    [InlineData("directional", "gradient: population", "train_examples: 20", "gradient: sample")]
    [InlineData("directional", "gradient: population", "data_seed: 2", "gradient: sample")]
    [InlineData("ensemble-alignment", "init: min-norm", "init_scale: 2", "init: normal")]
    [InlineData("ensemble-alignment", "init: min-norm", "init_seed: 2", "init: normal")]
    [InlineData("ensemble-alignment", "optimizer: gd", "momentum: 0.5", "optimizer: sgd")]
    [InlineData("ensemble-alignment", "optimizer: sgd", "beta2: 0.9", "optimizer: adamw")]
    [InlineData("jacobian-depth", "init: balanced", "sigma: 2", "init: gaussian")]
    [InlineData("jacobian-depth", "init: gaussian", "init_spectrum: [1]", "init: training-aligned")]
    [InlineData("jacobian-depth", "steps: 0, task: none", "teacher_seed: 1", "task: regression")]
    [InlineData("jacobian-depth", "steps: 0, task: none", "learning_rate: 1", "task: regression")]
    [InlineData("jacobian-depth", "task: regression", "label_noise: 0.1", "adapters: true, task: classification")]
    [InlineData("jacobian-depth", "task: regression", "data_seed: 1", "adapters: true, task: classification")]
    [InlineData("jacobian-depth", "rate_drops: []", "rate_drop_factor: 0.5", "rate_drops: [5]")]
    [InlineData(
        "jacobian-depth", "adapters: true, task: classification", "order_seed: 1", "adapters: true, task: classification, batch: 5")]
    public void A_setting_without_effect_is_refused(string experiment, string idle, string setting, string used)
    {
        var name = setting.Split(':')[0];
        Check(experiment, $"{idle}, {setting}", $"{used}, {setting}", $"{name} has an effect with", $"leave {name} out, or take it with");
    }

    [Fact]
    public void Where_nothing_says_otherwise_rotated_weights_stand_alone() => Check(
        "jacobian-depth", "rotation: 0.2",
        "rotation: 0.2, init: rotated, width: 2, modes: 2, teacher_rank: 2, init_spectrum: [1, 2], active_share: 1",
        "rotation has an effect with `init: rotated` only, but rotation is 0.2, init is gaussian", "`init: rotated`");

    [Fact]
    public void One_point_that_uses_a_setting_is_enough()
    {
        const string Both = "parameterisation: [mup, ntk], width: [8, 16]";
        Assert.Equal(4, Plan("spectral-scaling", "richness: 1", Both).PointCount);
        var fault = Assert.Throws<SweepException>(() => Plan(
            "spectral-scaling", "richness: 1", $"{Both} }}\nexclude: [ parameterisation == mup ] #"));
        Assert.Contains("but richness is 1, parameterisation is ntk", fault.Message, StringComparison.Ordinal);
        Assert.StartsWith("a.yaml:3:", fault.Place, StringComparison.Ordinal);
        // The point that is another than ntk has the default: nothing uses what is set.
        Assert.ThrowsAny<SweepException>(() => Plan(
            "spectral-scaling", "width: 8", "width: [8] }\nzip: [ { parameterisation: [mup, ntk], richness: [2, 1] } ] #"));
    }

    [Fact]
    public void Every_constraint_of_these_experiments_has_a_remedy_of_its_own()
    {
        ImmutableArray<string> names =
            ["jacobian-depth", "ensemble-alignment", "spectral-scaling", "finite-width", "directional"];
        Constraint[] all = [.. names.SelectMany(name => Catalog.All.Single(declared => declared.Name == name).Constraints)];
        var general = new Constraint(["a"], "", static _ => true).Remedy;
        Assert.True(all.Length > 60);
        Assert.DoesNotContain(all, constraint => constraint.Remedy == general);
    }

    private static void Check(string experiment, string wrong, string right, string problem, string remedy)
    {
        var fault = Assert.Throws<SweepException>(() => Plan(experiment, wrong));
        Assert.Equal(ExitCode.Usage, fault.ExitCode);
        Assert.Contains(problem, fault.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, fault.Remedy, StringComparison.Ordinal);
        Assert.StartsWith("a.yaml:3:", fault.Place, StringComparison.Ordinal);
        Assert.Equal(1, Plan(experiment, right).PointCount);
    }

    private static SweepPlan Plan(string experiment, string settings, string? grid = null) => SweepPlan.Create(
        SweepFile.Parse(
            $"sweep: a\nexperiment: {experiment}\nfixed: {{ {settings} }}\n"
            + $"{(grid is null ? "" : $"grid: {{ {grid} }}\n")}seeds: 1\n", "a.yaml", SweepOverrides.None), Catalog);
}
