using Sweeper.Golden;
using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Quantities;

/// <summary>
/// Reads `barrier_batchnorm`: losses between two networks, with running statistics recomputed or interpolated. Their network
/// (linear, batch norm, ReLU, linear) is a convolutional one on pictures of one pixel, which only the middle of a kernel sees.
/// </summary>
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
        var model = new ConvolutionalClassifier(
            (int)inputs.shape[2], side: 1, [[node["net1"]["b0"].Items.Length]], node["net1"]["b1"].Items.Length);
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
        CheckPath("recomputed", PathLosses.Along(
            model, first.Flat, second.Flat, data, objective, PathBuffers.Along(first.Flat, second.Flat, recalibration)).Numbers());
        Array.ForEach(between, recalibration.Apply);
        golden.Close(node["running_mean"], [.. between.SelectMany(network => network["rm1"].Numbers())]);
        golden.Close(node["running_var"], [.. between.SelectMany(network => network["rv1"].Numbers())]);

        ParameterSet Network(string name)
        {
            // Off the middle there is nothing to see: what stands there does not matter.
            var network = Networks.Parameters(model, model.Layout.Initialise(0));
            foreach (var (ours, theirs) in (ReadOnlySpan<(string, string)>)
                [("b1", "b0"), ("g1", "g"), ("h1", "h"), ("W2", "W1"), ("b2", "b1"), ("rm1", "rm"), ("rv1", "rv")])
            {
                network[ours].copy_(tensor(node[name][theirs].Numbers()).view(network[ours].shape));
            }

            network["W1"][.., .., .., 1, 1] = tensor(node[name]["W0"].Numbers()).view(network["W1"].shape[..3]);
            return network;
        }

        void CheckPath(string statistics, double[] losses)
        {
            golden.Close(node[$"loss_{statistics}"], losses);
            BarrierVectors.CheckBarrier(golden, node[$"barrier_{statistics}"], losses);
        }
    }
}
