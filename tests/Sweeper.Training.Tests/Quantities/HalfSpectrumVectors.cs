using Sweeper.Golden;
using Sweeper.Training.Data;
using Sweeper.Training.Metrics;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Phases;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Quantities;

/// <summary>Reads the case of `half_svd_prune`: truncated matrices, losses and errors.</summary>
internal static class HalfSpectrumVectors
{
    public static IEnumerable<GoldenCase> CasesOf(GoldenNode block) => [new("case", block["case"], block)];

    public static void Check(GoldenCase golden)
    {
        var (node, objective) = (golden.Node, new CrossEntropy());
        golden.Same(node["activation"], node["activation"].Text(), "relu");
        var (model, parameters) = Networks.FromWeightsAndBiases(node["W"], node["b"]);
        var split = new Split(
            "train", TorchTests.Matrix(node["x"].Matrix()), tensor(node["y"].Numbers()).to(ScalarType.Int64).unsqueeze(0));
        using var scope = NewDisposeScope();
        var snapshot = new NetworkSnapshot(
            new Program(model, parameters, null, objective, [split], []), parameters, new PackConstants(scope));

        Compare(node["full"], parameters);
        foreach (var half in HalfSpectrum.Both)
        {
            var truncated = snapshot.Get(half);
            golden.Close(node[$"W_{half.Name}"], [.. truncated.Weights.SelectMany(weight => weight.Matrices.Numbers())]);
            Compare(node[half.Name], truncated);
        }

        var counts = snapshot.Get(HalfSpectrum.Both[0]).Weights.SkipLast(1)
            .Select(weight => BatchedSvd.Full(weight.Matrices).S.gt(1e-9).sum().Number());
        golden.Close(node["keep_top_counts"], [.. counts]);
        node.Skip("note");

        void Compare(GoldenNode expected, ParameterSet networks)
        {
            var outputs = Outputs.Of(model, networks, split.Inputs);
            golden.Close(expected["loss"], objective.Loss(outputs, split.Targets).Number());
            golden.Close(expected["err"], 1 - LossMetrics.ShareCorrect(outputs, split.Targets).Number());
        }
    }
}
