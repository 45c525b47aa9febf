using System.Collections.Immutable;
using Sweeper.Golden;
using Sweeper.Training.Models;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Quantities;

/// <summary>Reads `alignment`, whose layers follow each other as a layout says, and `sva`.</summary>
internal static class AgreementVectors
{
    private static readonly ImmutableArray<string> Gates = ["i", "f", "g", "o"];

    public static IEnumerable<GoldenCase> CasesOf(GoldenNode block)
    {
        block.Skip("convention");
        return
        [
            .. block["linear"].Items.Select(node => new GoldenCase(node["name"].Text(), node, block)),
            .. block.Fields.Where(field => field.Name is not ("tol" or "convention" or "linear"))
                .Select(field => new GoldenCase(field.Name, field.Node, block)),
        ];
    }

    public static void CheckAlignment(GoldenCase golden)
    {
        var node = golden.Node;
        switch (golden.Id)
        {
            case "conv":
                Check(golden, Pair(Plain(node["W_i"]), Plain(node["W_next"])), "A_center", "a");
                break;
            case "conv_to_linear":
                Check(golden, Pair(Plain(node["W_i"]), Plain(node["W_next"])), "A", null);
                break;
            case "tconv":
                Check(golden, Pair(Plain(node["W_i"]), new Given(node["W_next_stored"], MatrixView.InputsFirst)), "A_center", null);
                break;
            case "embedding":
                Check(golden, Pair(new Given(node["E"], MatrixView.InputsFirst), Plain(node["W_in"])), "A", null);
                break;
            case "heads":
                CheckHeads(golden);
                break;
            case "lstm":
                CheckGates(golden);
                break;
            default:
                Check(golden, Pair(Plain(node["W_i"]), Plain(node["W_next"])), "A", "a");
                break;
        }

        if (node.Find("note") is not null)
        {
            node.Skip("note");
        }
    }

    public static void CheckAgreement(GoldenCase golden) =>
        Check(golden, SingularVectorAgreement.Of(ModesOf(golden, "W_a"), ModesOf(golden, "W_b")), "S", "s");

    private static void CheckHeads(GoldenCase golden)
    {
        var (node, heads) = (golden.Node, (int)golden.Node["n_heads"].Integer());
        var packed = new Given(node["W_in"], MatrixView.Stacked("query", "key", "value"));
        var queries = Networks(packed with { Follows = [new Predecessor("first.query") { Meets = "key", Heads = heads }] });
        golden.Close(node["A_qk_per_head"], PerHead(queries));
        golden.Close(node["a_qk_mean_over_heads"], LeadingDiagonal.Mean(Alignment(queries)).Number());
        var whole = Alignment(Networks(packed, Plain(node["W_o"]) with { Follows = ["first.value"] }));
        golden.Close(node["A_vo_whole"], whole.Numbers());
        golden.Close(node["a_vo_whole"], LeadingDiagonal.Mean(whole).Number());
        var each = Networks(packed, Plain(node["W_o"]) with { Follows = [new Predecessor("first.value") { Heads = heads }] });
        golden.Close(node["A_vo_per_head"], PerHead(each));
        golden.Close(node["a_vo_head_mean"], LeadingDiagonal.Mean(Alignment(each)).Number());

        static double[] PerHead(ParameterSet networks) => LayerAlignments.PerHead(networks, networks.Layout.Pairs.Single()).Numbers();
    }

    private static void CheckGates(GoldenCase golden)
    {
        var (node, hidden) = (golden.Node, (int)golden.Node["hidden"].Integer());
        golden.Same(node["gate_order"], node["gate_order"].Text(), string.Join(",", Gates));
        foreach (var (direction, firstInput) in new[] { ("forward", 0), ("reverse", hidden) })
        {
            foreach (var gate in Gates)
            {
                golden.Close(node["A"][direction]["code_rows_of_U"][gate], Of(MatrixView.Gates(Gates)));
                golden.Close(node["A"][direction]["block_svd"][gate], Of(MatrixView.Stacked(Gates)));

                double[] Of(MatrixView view)
                {
                    var link = new Predecessor($"first.{gate}") { FirstInput = firstInput };
                    return Alignment(Networks(
                        new Given(node["W_ih_l0"], view), Plain(node["W_ih_l1_bidirectional"]) with { Follows = [link] })).Numbers();
                }
            }
        }
    }

    private static void Check(GoldenCase golden, Tensor agreements, string matrix, string? mean)
    {
        golden.Close(golden.Node[matrix], agreements.Numbers());
        if (mean is not null)
        {
            golden.Close(golden.Node[mean], LeadingDiagonal.Mean(agreements).Number());
        }
    }

    private static Given Plain(GoldenNode values) => new(values, MatrixView.OutputsFirst);

    /// <summary>The agreements of two weights, all outputs of the first being the inputs of the next.</summary>
    private static Tensor Pair(Given first, Given next) => Alignment(Networks(first, next with { Follows = ["first"] }));

    private static Tensor Alignment(ParameterSet networks)
    {
        using var scope = NewDisposeScope();
        var snapshot = new NetworkSnapshot(Tests.Networks.Unmade(networks), networks, new PackConstants(scope));
        return snapshot.Get(new LayerAlignments()).Single().Agreements.MoveToOuterDisposeScope();
    }

    /// <summary>One network of these weights, `first` and `next`.</summary>
    private static ParameterSet Networks(params Given[] weights) => new(
        new ParameterLayout([.. weights.Select((weight, place) => weight.Spec(place == 0 ? "first" : "next"))]),
        tensor(weights.SelectMany(weight => weight.Values.Numbers()).ToArray()).view(1, -1));

    private static Modes ModesOf(GoldenCase golden, string field) => BatchedSvd.Full(TorchTests.Matrix(golden.Node[field].Matrix()));

    /// <summary>A weight of the vectors, and how it is read.</summary>
    private sealed record Given(GoldenNode Values, MatrixView View)
    {
        public ImmutableArray<Predecessor> Follows { get; init; } = [];

        /// <summary>Matrices, or convolutions of 3 x 3.</summary>
        public ParameterSpec Spec(string name)
        {
            long first = Values.Items.Length, second = Values.Items[0].Items.Length, taps = Values.Numbers().Length / (first * second);
            return new ParameterSpec(name, taps == 1 ? [first, second] : [first, second, 3, taps / 3], ParameterRole.Weight)
            {
                View = View, Follows = Follows,
            };
        }
    }
}
