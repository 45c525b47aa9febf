using Sweeper.Golden;
using Sweeper.Training.Data;
using Sweeper.Training.Engines;
using Sweeper.Training.Experiments;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Optimizers;
using Sweeper.Training.Phases;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Experiments;

/// <summary>
/// Reads the cases of `jd06_sharpness`: bounds and minima of given data, and where gradient descent ends. Sharpness by Lanczos' method is
/// held against the whole Hessian and against the exact formula at minima.
/// </summary>
internal static class SharpnessVectors
{
    /// <summary>Largest distance from the solution at which a run has converged: the file's own are rounding errors.</summary>
    private const double Converged = 1e-12;

    /// <summary>Largest number of weights of which all of the Hessian is computed.</summary>
    private const int Small = 500;

    public static void Check(GoldenCase golden)
    {
        var (given, expected) = (golden.Node["inputs"], golden.Node["expected"]);
        var tolerance = GoldenTolerance.Of(golden.Node["tolerance"]);
        if (given["kind"].Text() == "static")
        {
            given.Skip("risk");
            CheckMinima(golden, given, expected, tolerance);
        }
        else
        {
            given.Skip("generator");
            CheckDescent(golden, given, expected, tolerance);
        }
    }

    private static void CheckMinima(GoldenCase golden, GoldenNode given, GoldenNode expected, GoldenTolerance tolerance)
    {
        var (inputs, targets) = (TorchTests.Matrix(given["X"].Matrix()), tensor(given["y"].Numbers()).view(1, -1, 1));
        var regression = LinearRegression.Of(inputs, targets);
        var norm = regression.Norm.Number();
        golden.Close(expected["w_star"], regression.Solution.Numbers(), tolerance);
        golden.Close(expected["norm_w_star"], norm, tolerance);
        golden.Close(expected["a"], regression.Curvature.Number(), tolerance);
        var widest = linalg.eigh(regression.Covariance).Item1.Numbers()[^1];
        var depths = given["depths"].Numbers();
        foreach (var (depth, row) in depths.Zip(expected["by_depth"].Items, (depth, row) => ((int)depth, row)))
        {
            golden.Same(row["L"], row["L"].Integer(), depth);
            golden.Close(row["lower_bound"], regression.LowerBound(depth).Number(), tolerance);
            golden.Close(row["sharpness_balanced_rank1"], regression.Balanced(depth).Number(), tolerance);
            golden.Close(row["paper_upper_bound_8LLambda_if_norm1"], 8 * depth * widest * Math.Pow(norm, 2 - 2.0 / depth), tolerance);

            var model = new Mlp([.. Enumerable.Repeat((int)inputs.shape[2], depth), 1], leak: 1);
            double[] strengths = [.. Enumerable.Repeat(Math.Pow(norm, 1.0 / depth), depth)];
            var balanced = Networks.Parameters(model, BalancedRankOne.Of(
                model.Shape.Widths, [.. regression.Solution.Numbers().Select(entry => entry / norm)], strengths));
            golden.Close(row["sharpness_balanced_rank1"], ByLanczos(model, balanced, inputs, targets), tolerance);
            if (!row["full_hessian_check"].IsNull && model.Layout.Size <= Small)
            {
                golden.Close(row["full_hessian_check"], ByWholeHessian(model, balanced, inputs, targets), tolerance);
            }

            // Of deep random minima the file has the number, but not the weights.
            row.Skip("full_hessian_check", "sharpness_random_minimiser");
            if (!row["random_minimiser"].IsNull)
            {
                var (random, weights) = Networks.FromWeights(row["random_minimiser"], leak: 1, hasOutputActivation: false);
                golden.Close(row["sharpness_random_minimiser"], AtMinimum(random, weights, regression), tolerance);
                golden.Close(row["sharpness_random_minimiser"], ByLanczos(random, weights, inputs, targets), tolerance);
                golden.Close(row["sharpness_random_minimiser"], ByWholeHessian(random, weights, inputs, targets), tolerance);
            }
        }
    }

    private static void CheckDescent(GoldenCase golden, GoldenNode given, GoldenNode expected, GoldenTolerance tolerance)
    {
        int count = (int)given["n"].Integer(), width = (int)given["d"].Integer(), depth = (int)given["L"].Integer();
        var random = new CongruentialNumbers(given["lcg_seed"].Integer());
        var inputs = Draw(count * width).view(1, count, width);
        var wanted = inputs.bmm(Draw(width).view(1, width, 1));
        wanted = wanted + Draw(count).view(1, count, 1);
        var targets = wanted / LinearRegression.Of(inputs, wanted).Norm;
        var model = new Mlp([.. Enumerable.Repeat(width, depth), 1], leak: 1);
        var initial = new ParameterSet(model.Layout, Draw(model.Layout.Size).view(1, -1) * given["scale"].Number());
        var objective = new SquaredError(ErrorScaling.MeanExampleSumOutput);
        var program = new Program(
            model, initial, new TrainingRule(objective, new Sgd(tensor(given["lr"].Number()).view(1, 1))), objective,
            [new Split("train", inputs, targets)], []);
        using var engine = LanesEngine.For(program)!;
        var state = TrainingState.Start(program);
        engine.Advance(state, given["steps"].Integer());

        var regression = LinearRegression.Of(inputs, targets);
        var bound = regression.LowerBound(depth).Number();
        var sharpness = ByLanczos(model, state.Parameters, inputs, targets);
        golden.Close(expected["sharpness"], sharpness, tolerance);
        golden.Close(expected["sharpness"], AtMinimum(model, state.Parameters, regression), tolerance);
        golden.Close(expected["lower_bound"], bound, tolerance);
        golden.Close(expected["rank1_prediction"], regression.Balanced(depth).Number(), tolerance);
        golden.Close(expected["ratio_to_bound"], sharpness / bound, tolerance);
        golden.Close(expected["a"], regression.Curvature.Number(), tolerance);
        golden.Close(expected["critical_lr"], 2 / bound, tolerance);
        var distance = (model.Jacobians(state.Parameters, inputs).view(1, -1) - regression.Solution).square().mean().Number();
        golden.Close(expected["dist2_mean"], distance, new GoldenTolerance(Converged));

        Tensor Draw(long numbers) => tensor(random.Symmetric(numbers));
    }

    private static HessianProducts Hessian(Mlp model, ParameterSet parameters, Tensor inputs, Tensor targets) =>
        new(model, parameters, new Split("train", inputs, targets), new SquaredError(ErrorScaling.MeanExampleSumOutput));

    private static double ByLanczos(Mlp model, ParameterSet parameters, Tensor inputs, Tensor targets)
    {
        var hessian = Hessian(model, parameters, inputs, targets);
        return Lanczos.Largest(hessian.Of, 1, hessian.Size, CPU).Number();
    }

    private static double ByWholeHessian(Mlp model, ParameterSet parameters, Tensor inputs, Tensor targets)
    {
        var hessian = Hessian(model, parameters, inputs, targets);
        var columns = eye(hessian.Size, dtype: ScalarType.Float64).unbind(0).Select(unit => hessian.Of(unit.unsqueeze(0)).squeeze(0));
        return linalg.eigh(stack(columns)).Item1.Numbers()[^1];
    }

    /// <summary>
    /// 2 lambda_max(Sigma^(1/2) (sum_l |A_l|^2 B_l^T B_l) Sigma^(1/2)), w = A_l W_l B_l: the Hessian where X^T (y - X w) = 0.
    /// </summary>
    private static double AtMinimum(Mlp model, ParameterSet parameters, LinearRegression regression)
    {
        var depth = model.Layout.Parameters.Length;
        var width = parameters[0].shape[2];
        var unit = eye(width, dtype: ScalarType.Float64);
        var sum = zeros_like(unit);
        for (var layer = 0; layer < depth; layer++)
        {
            var before = Enumerable.Range(0, layer).Aggregate(unit, (product, place) => parameters[place][0].matmul(product));
            var after = Enumerable.Range(layer + 1, depth - layer - 1).Aggregate(
                eye(parameters[layer].shape[1], dtype: ScalarType.Float64), (product, place) => parameters[place][0].matmul(product));
            sum += after.square().sum() * before.mT.matmul(before);
        }

        // Sigma and the sum have the eigenvalues of Sigma^(1/2) times the sum times Sigma^(1/2), whichever root: here Cholesky's.
        var root = linalg.cholesky(regression.Covariance[0]);
        return 2 * linalg.eigh(root.mT.matmul(sum).matmul(root)).Item1.Numbers()[^1];
    }
}
