using Sweeper.Training.Data;
using Sweeper.Training.Objectives;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Experiments;

public sealed class DirectionalTests
{
    /// <summary>c0 sin(theta) / pi whatever the norm is; c0 is sqrt(pi) / 2 Gamma(d / 2) / Gamma((d + 1) / 2), or sqrt(pi / 2).</summary>
    [Theory]
    [InlineData("sphere", 2, 1)]
    [InlineData("sphere", 3, Math.PI / 4)]
    [InlineData("sphere", 10, 0.406349206349206)]
    [InlineData("gaussian", 4, 1.2533141373155)]
    public void What_turns_a_map_does_not_depend_on_its_norm(string kind, int inputs, double length)
    {
        using var scope = NewDisposeScope();
        var law = kind == "sphere" ? HalfPlaneLaw.Sphere(inputs) : HalfPlaneLaw.Gaussian();
        Assert.Equal(1, law.Shares.Sum(), 1e-12);
        Assert.Equal(length, law.Shares.Zip(law.Forward.Zip(law.Aside), (share, at) => share * Math.Sqrt(at.First * at.First + at.Second * at.Second)).Sum(), 1e-12);
        IObjective objective = new PopulationLogistic(law, CPU);
        var wanted = eye(inputs, dtype: ScalarType.Float64).narrow(0, inputs - 1, 1).mT.unsqueeze(0);
        foreach (var norm in (double[])[0.01, 1, 12])
        {
            var map = Direction(inputs) * norm;
            var cosine = map[0, -1, 0].Number() / norm;
            var gradient = objective.OutputGradient(map.clone(), wanted);
            var turning = gradient - map * (gradient * map).sum() / (norm * norm);
            Assert.Equal(length * Math.Sqrt(1 - cosine * cosine) / Math.PI, turning.square().sum().Number() is var square ? Math.Sqrt(square) : 0, 1e-9);
        }
    }

    /// <summary>Many examples are the law: gradients of the loss on them, and of the expected one.</summary>
    [Theory]
    [InlineData("sphere", 3)]
    [InlineData("gaussian", 2)]
    public void Examples_follow_the_law(string kind, int inputs)
    {
        var settings = $"depth: 2, inputs: {inputs}, input_law: {kind}, init: balanced, initial_norm: 2, initial_cosine: 0.3, steps: 40, learning_rate: 0.05";
        var expected = Run($"{settings}, gradient: population", "imbalance: [1, 1.2, 1.5]");
        var sampled = Run($"{settings}, gradient: sample, train_examples: 40000", "imbalance: [1, 1.2, 1.5]");
        for (var trial = 0; trial < 3; trial++)
        {
            // Four standard errors of a mean over so many examples, which is at most their length.
            Assert.Equal(expected.Of("cosine", 40, trial, split: "")[0], sampled.Of("cosine", 40, trial, split: "")[0], 0.02);
            Assert.Equal(expected.Of("map_norm", 40, trial, split: "")[0], sampled.Of("map_norm", 40, trial, split: "")[0], 0.04);
            Assert.Equal(0.3, sampled.Of("cosine", 0, trial, split: "")[0], 1e-12);
            Assert.Equal(2, sampled.Of("map_norm", 0, trial, split: "")[0], 1e-12);
        }
    }

    /// <summary>Depth 2: tan(theta / 2) falls like e^(-c0 t / pi), up to the size of a step; -ln(1 - cos) is about twice its logarithm.</summary>
    [Fact]
    public void Two_layers_turn_at_a_rate_of_their_own()
    {
        var measured = Run("depth: 2, initial_norm: 1, initial_cosine: -0.8, steps: 5000, learning_rate: 0.002", "imbalance: [1]");
        var tangent = 3 * Math.Exp(-10 / Math.PI);
        var cosine = (1 - tangent * tangent) / (1 + tangent * tangent);
        Assert.Equal(cosine, measured.Of("cosine", 5000, 0, split: "")[0], 2e-4);
        Assert.Equal(-Math.Log(1 - measured.Of("cosine", 5000, 0, split: "")[0]), measured.Of("log_alignment", 5000, 0, split: "")[0], 1e-9);
    }

    private static Tensor Direction(int inputs)
    {
        var direction = tensor(new Core.Randomness.CounterRandom(3, 1).NextGaussian(inputs)).view(1, -1, 1);
        return direction / direction.square().sum().sqrt();
    }

    private static Measured Run(string settings, string axis) => TestPacks.Run(TestPacks.Work(
        $$"""
        experiment: directional
        fixed: { {{settings}} }
        grid: { {{axis}} }
        seeds: 1
        measure: [ { at: { log: 2 }, metrics: [cosine, log_alignment, map_norm] } ]
        """));
}
