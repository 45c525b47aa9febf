using Sweeper.Golden;
using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Optimizers;
using Sweeper.Training.Phases;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Quantities;

/// <summary>Reads what `jd05_balanced_dynamics` says of networks; its closed curves are another project's.</summary>
internal static class ChainFlowVectors
{
    public static IEnumerable<GoldenCase> CasesOf(GoldenNode block)
    {
        foreach (var node in block["cases"].Items)
        {
            if (node["inputs"].Find("W") is null)
            {
                node.Skip("id", "inputs", "expected", "tolerance");
                continue;
            }

            yield return new GoldenCase(node["id"].Text(), node, block);
        }
    }

    public static void Check(GoldenCase golden)
    {
        var (given, expected) = (golden.Node["inputs"], golden.Node["expected"]);
        given.Skip("loss", "balanced", "n");
        golden.Node["tolerance"].Skip("note");
        var program = ProgramOf(given, (int)given["L"].Integer(), expected["singular_values"].Items.Length);
        using var scope = NewDisposeScope();
        using var constants = new PackConstants(scope);
        var snapshot = new NetworkSnapshot(program, program.Initial, constants);
        var flow = snapshot.Get(new ChainFlow());
        var (depth, unitVectors) = (program.Chain!.Depth, program.Splits[0]);
        var strengths = flow.Strengths.pow(2 - 2.0 / depth).mul(-depth);
        golden.Close(
            expected["J"], program.Model.Apply(program.Initial, unitVectors.Inputs, NetworkMode.Evaluate).mT.contiguous().Numbers());
        golden.Close(expected["singular_values"], flow.Strengths.Numbers());
        golden.Close(expected["ds_dt_exact"], flow.Velocities.Numbers());
        golden.Close(expected["ds_dt_diagonal_reduction"], (-flow.Rates * flow.Gradients).Numbers());
        golden.Close(expected["ds_dt_prop45"], (strengths * flow.Gradients).Numbers());
        golden.Close(expected["loss"], snapshot.Get(new Losses("train")).Number());
        var gradient = program.Model.Gradient(program.Initial, unitVectors, program.Rule!.Objective);
        golden.Close(expected["grad_W1"], new ParameterSet(program.Model.Layout, gradient)[0].contiguous().Numbers());
    }

    /// <summary>Matrices between gates D_1, D_2, ... on unit vectors, with half the sum of squares as their loss.</summary>
    private static Program ProgramOf(GoldenNode given, int depth, int modes)
    {
        var gates = given["masks"].Items.Select(gate => gate.Numbers()).ToArray();
        double[][][] matrices =
        [
            .. given["W"].Items.Select((matrix, layer) => matrix.Matrix().Select((row, unit) => row.Select((entry, input) =>
                entry * (layer < depth - 1 ? gates[layer][unit] : 1) * (layer > 0 ? gates[layer - 1][input] : 1)).ToArray()).ToArray()),
        ];
        var model = new Mlp([matrices[0][0].Length, .. matrices.Select(matrix => matrix.Length)], leak: 1);
        var target = TorchTests.Matrix(given["T"].Matrix());
        var split = new Split("train", eye(target.shape[2], dtype: ScalarType.Float64).unsqueeze(0), target.mT);
        var objective = new SquaredError(ErrorScaling.HalfSum);
        return new Program(
            model, Networks.Parameters(model, matrices.SelectMany(matrix => matrix.SelectMany(row => row))),
            new TrainingRule(objective, new Sgd(ones(1, 1, dtype: ScalarType.Float64))), objective, [split], [])
        {
            Chain = new WeightChain([.. model.Layout.Weights.Select(weight => weight.Name)], modes, []),
        };
    }
}
