using Sweeper.Golden;
using Sweeper.Training.Data;
using Sweeper.Training.Engines;
using Sweeper.Training.Experiments;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Optimizers;
using Sweeper.Training.Phases;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Experiments;

/// <summary>Reads the cases of `jd09_directional` that are training: gradients of the expected loss, and descent along them.</summary>
internal static class DirectionalVectors
{
    public static void Check(GoldenCase golden)
    {
        var (given, expected) = (golden.Node["inputs"], golden.Node["expected"]);
        golden.Node["tolerance"].Skip("note");
        var tolerance = GoldenTolerance.Of(golden.Node["tolerance"]);
        if (given["kind"].Text() == "gradient")
        {
            var wanted = given["v"].Numbers();
            var gradients = given["points"].Items.SelectMany(point => Gradient(point.Numbers(), wanted)).ToArray();
            golden.Close(expected["population_gradient"], gradients, tolerance);
            return;
        }

        given.Skip("init", "gradient");
        CheckDescent(golden, given, expected["trace"].Items, tolerance);
    }

    /// <summary>That of the expected loss on the unit sphere, by its own formula and by libtorch's.</summary>
    private static double[] Gradient(double[] map, double[] wanted)
    {
        IObjective objective = new PopulationLogistic(HalfPlaneLaw.Sphere(map.Length), CPU);
        var (outputs, targets) = (Column(map), Column(wanted));
        using var _ = enable_grad();
        var leaf = outputs.clone().requires_grad_(true);
        var derived = autograd.grad([objective.Loss(leaf, targets).sum()], [leaf])[0].Numbers();
        var written = objective.OutputGradient(outputs, targets).Numbers();
        Xunit.Assert.All(derived.Zip(written), pair => Xunit.Assert.Equal(pair.First, pair.Second, 1e-12));
        return written;
    }

    private static Tensor Column(double[] values) => tensor(values).view(1, -1, 1);

    private static void CheckDescent(GoldenCase golden, GoldenNode given, GoldenNode[] trace, GoldenTolerance tolerance)
    {
        var map = given["w0"].Numbers();
        var (layers, width) = ((int)given["layers"].Integer(), (int)given["width"].Integer());
        var norm = Math.Sqrt(map.Sum(entry => entry * entry));
        var model = new Mlp([map.Length, .. Enumerable.Repeat(width, layers - 1), 1], leak: 1);
        double[] strengths = [.. Enumerable.Repeat(Math.Pow(norm, 1.0 / layers), layers)];
        var initial = BalancedRankOne.Of(model.Shape.Widths, Array.ConvertAll(map, entry => entry / norm), strengths);
        var objective = new PopulationLogistic(HalfPlaneLaw.Sphere(map.Length), CPU);
        var units = eye(map.Length, dtype: ScalarType.Float64).unsqueeze(0);
        // The file's cases separate along the last unit vector.
        var data = new Split("train", units, units.narrow(1, map.Length - 1, 1).mT);
        var program = new Program(
            model, Networks.Parameters(model, initial), new TrainingRule(objective, new Sgd(tensor(given["lr"].Number()).view(1, 1))), objective, [data], []);
        Trace(golden, program, new TorchEngine(program), trace, tolerance);
        Trace(golden, program, LanesEngine.For(program)!, trace, tolerance);
    }

    private static void Trace(GoldenCase golden, Program program, IEngine engine, GoldenNode[] trace, GoldenTolerance tolerance)
    {
        using var disposed = engine;
        var state = TrainingState.Start(program);
        foreach (var seen in trace)
        {
            engine.Advance(state, seen["step"].Integer() - state.Step);
            var now = ((Mlp)program.Model).Jacobians(state.Parameters, program.Splits[0].Inputs).Numbers();
            var length = Math.Sqrt(now.Sum(entry => entry * entry));
            golden.Close(seen["norm"], length, tolerance);
            golden.Close(seen["cos_theta"], now[^1] / length, tolerance);
        }

        golden.Same(golden.Node["inputs"]["steps"], golden.Node["inputs"]["steps"].Integer(), state.Step);
    }
}
