using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Training.Data;
using Sweeper.Training.Phases;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Metrics;

/// <summary>Whether networks answer the same, and whether their hidden units represent inputs the same way.</summary>
internal static class RepresentationMetrics
{
    private const string Validation = "validation";

    /// <summary>Agreement with the targets.</summary>
    public static Metric TargetCosine { get; } = Metric.OnSplits(
        "target_cosine", 1,
        "Cosine of a network's outputs and the targets, over all examples and outputs: sum f . y / (|f| |y|). Its size does not count; "
        + "undefined for a network that answers zero. Where classes are learned, the target of an example's own class is 1 and that of the "
        + "others 0, and from both outputs and targets the mean over the classes is subtracted.",
        [], (snapshot, split) =>
        {
            var outputs = snapshot.Get(new Outputs(split.Name)).to(ScalarType.Float64);
            var (answers, targets) = split.Targets.dtype == ScalarType.Int64
                ? (Contrasts(outputs), Contrasts(nn.functional.one_hot(split.Targets, outputs.shape[2]).to(ScalarType.Float64)))
                : (outputs, split.Targets.to(ScalarType.Float64));
            return Sum(answers * targets) / SquareRoot.Of(Sum(answers.square()) * Sum(targets.square()));
        }) with
    {
        Better = MetricDirection.Higher,
    };

    /// <summary>Agreement of functions.</summary>
    public static Metric FunctionCosine { get; } = BranchMetrics.OfPairs(
        "function_cosine",
        "Cosine of the outputs of two networks of a trial, over all validation examples and outputs: sum f . g / (|f| |g|), with its sign. "
        + "1 is the same function, up to its size.",
        [Dimension.NetworkPair],
        snapshot => MemberPairs.Values(snapshot, Validation, pair => Cosine(snapshot.Get(new OutputProducts(Validation)), pair)));

    /// <summary>Agreement of hidden layers.</summary>
    public static Metric HiddenCka { get; } = OfHiddenLayers(
        "hidden_cka",
        "Linear centred kernel alignment of each hidden layer in two networks of a trial, after its activation: |A^T B|^2 / (|A^T A| |B^T "
        + "B|) of the activations A and B at the validation examples, less their means (Kornblith et al. 2019). Index 0 is the first "
        + "hidden layer. 1 is the same up to rotation and scale; it knows no signs.",
        isCentred: true);

    /// <summary>The same without subtracting means.</summary>
    public static Metric HiddenCkaUncentred { get; } = OfHiddenLayers(
        "hidden_cka_uncentred", "As `hidden_cka` of the activations themselves: their means count.", isCentred: false);

    /// <summary>Those of pairs of networks.</summary>
    public static ImmutableArray<Metric> OfPairs { get; } = [FunctionCosine, HiddenCka, HiddenCkaUncentred];

    /// <summary>products[i, j] / (products[i, i] products[j, j])^(1/2) of products [..., M, M].</summary>
    public static Tensor Cosine(Tensor products, MemberPair pair)
    {
        var (first, second) = (Of(pair.First, pair.First), Of(pair.Second, pair.Second));
        return Of(pair.First, pair.Second) / SquareRoot.Of(first * second);

        Tensor Of(int row, int column) => products.select(-1, column).select(-1, row);
    }

    private static Metric OfHiddenLayers(string name, string doc, bool isCentred)
    {
        var metric = BranchMetrics.OfPairs(
            name, doc,
            [Dimension.NetworkPair, new Dimension("hidden layer", MetricColumn.Index, networks => networks.Layout.BodyWeights.Length)],
            snapshot => MemberPairs.Values(
                snapshot, Validation, pair => Cosine(snapshot.Get(new HiddenProducts(Validation, isCentred)), pair)));
        return metric with
        {
            Lacks = networks => networks.Layout.BodyWeights.IsEmpty ? "needs a hidden layer" : metric.Lacks(networks),
        };
    }

    private static Tensor Contrasts(Tensor scores) => scores - scores.mean([2L], keepdim: true);

    private static Tensor Sum(Tensor values) => values.flatten(1).sum(1);
}
