using Sweeper.Golden;
using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Quantities;

/// <summary>Reads the cases of `barrier`: pairs of networks with the losses between them, and bare curves.</summary>
internal static class BarrierVectors
{
    public static IEnumerable<GoldenCase> CasesOf(GoldenNode block) =>
    [
        .. block["nets"].Items.Select(node => new GoldenCase(node["name"].Text(), node, block)),
        .. block["curves_only"].Items.Select((node, index) => new GoldenCase($"curve {index}", node, block)),
    ];

    public static void Check(GoldenCase golden)
    {
        if (golden.Node.Find("W1") is null)
        {
            CheckBarrier(golden, golden.Node["barrier"], golden.Node["loss"].Numbers());
            return;
        }

        golden.Close(
            golden.Block["alphas"], [.. Enumerable.Range(0, PathLosses.Points).Select(point => point / (PathLosses.Points - 1.0))]);
        var inputs = TorchTests.Matrix(golden.Block["x"].Matrix());
        var targets = tensor(Array.ConvertAll(golden.Block["y"].Numbers(), label => (long)label)).view(1, -1);
        var model = new Mlp(
            [(int)inputs.shape[2], .. golden.Node["b1"].Items.Select(bias => bias.Numbers().Length)], leak: 0, hasBias: true);
        var (first, second) = (Network("1"), Network("2"));
        CheckPath("loss", new CrossEntropy());
        CheckPath("err", new ClassificationError());

        Tensor Network(string name) => Networks.Parameters(
            model,
            golden.Node["W" + name].Items.Zip(golden.Node["b" + name].Items)
                .SelectMany(layer => (double[])[.. layer.First.Numbers(), .. layer.Second.Numbers()])).Flat;

        void CheckPath(string measured, IObjective objective)
        {
            var path = PathLosses.Along(model, first, second, new Split("", inputs, targets), objective, []).Numbers();
            golden.Close(golden.Node[measured], path);
            CheckBarrier(golden, golden.Node["barrier_" + measured], path);
        }
    }

    /// <summary>Where the largest rise inside is shared by several points, any of them may be named.</summary>
    public static void CheckBarrier(GoldenCase golden, GoldenNode expected, double[] losses)
    {
        golden.Close(expected["paper"], PathLosses.Barrier(tensor(losses).view(1, -1), isInterior: false).Number());
        golden.Close(expected["code"], PathLosses.Barrier(tensor(losses).view(1, -1), isInterior: true).Number());
        var (at, last) = ((int)expected["argmax"].Integer(), losses.Length - 1.0);
        golden.Close(expected["code"], losses[at] - ((1 - at / last) * losses[0] + at / last * losses[^1]));
    }

    /// <summary>Share of wrong answers.</summary>
    private sealed class ClassificationError : IObjective
    {
        public Tensor Loss(Tensor outputs, Tensor targets) => outputs.argmax(2).ne(targets).to(ScalarType.Float64).mean([1L]);
    }
}
