using Sweeper.Golden;
using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Quantities;
using Sweeper.Training.Tests.Seams;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Quantities;

/// <summary>Reads `barrier_batchnorm`: losses between two networks, with running statistics recomputed or interpolated.</summary>
internal static class NormalisedBarrierVectors
{
    public static IEnumerable<GoldenCase> CasesOf(GoldenNode block) => [new("case", block, block)];

    public static void Check(GoldenCase golden)
    {
        var (node, objective) = (golden.Node, new CrossEntropy());
        node.Skip("net", "keys", "rule");
        golden.Close(node["alphas"], [.. Enumerable.Range(0, PathLosses.Points).Select(point => point / (PathLosses.Points - 1.0))]);
        var inputs = TorchTests.Matrix(node["x"].Matrix());
        var targets = tensor(Array.ConvertAll(node["y"].Numbers(), label => (long)label)).view(1, -1);
        var model = new NormalisedNetwork((int)inputs.shape[2], node["net1"]["b0"].Items.Length, node["net1"]["b1"].Items.Length);
        var (first, second) = (Network("net1"), Network("net2"));
        // "consecutive slices of 4 (last has 2)"
        var recalibration = new Recalibration(model, inputs, long.Parse(node["batches"].Text().Split(' ')[3]));
        ParameterSet[] between =
        [
            .. node["alphas"].Numbers().Select(place => new ParameterSet(model.Layout, first.Flat.lerp(second.Flat, tensor(place)))),
        ];
        CheckPath(
            "interpolated_stats", [.. between.Select(network => objective.Loss(Outputs.Of(model, network, inputs), targets).Number())]);
        var data = new Split("", inputs, targets);
        CheckPath("recomputed", PathLosses.Along(model, first.Flat, second.Flat, data, objective, recalibration).Numbers());
        Array.ForEach(between, recalibration.Apply);
        golden.Close(node["running_mean"], [.. between.SelectMany(network => network["rm"].Numbers())]);
        golden.Close(node["running_var"], [.. between.SelectMany(network => network["rv"].Numbers())]);

        ParameterSet Network(string name) =>
            Networks.Parameters(model, model.Layout.Parameters.SelectMany(parameter => node[name][parameter.Name].Numbers()));

        void CheckPath(string statistics, double[] losses)
        {
            golden.Close(node[$"loss_{statistics}"], losses);
            BarrierVectors.CheckBarrier(golden, node[$"barrier_{statistics}"], losses);
        }
    }
}
