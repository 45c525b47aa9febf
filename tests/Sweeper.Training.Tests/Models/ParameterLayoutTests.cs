using Sweeper.Core.Randomness;
using Sweeper.Training.Models;
using Sweeper.Training.Optimizers;
using Sweeper.Training.Phases;
using Sweeper.Training.Quantities;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Models;

/// <summary>What reads weights reads the layout: which they are, how they are matrices, which follow which, which are heads.</summary>
public sealed class ParameterLayoutTests : TensorTest
{
    private const int Lanes = 2;

    /// <summary>The pairs of grokking networks in Yunis et al. 2024: heads for queries and keys, nothing for the residual stream.</summary>
    [Fact]
    public void A_transformer_has_the_pairs_of_the_paper() =>
        Assert.Equal(["E-Win", "Win.query-Win.key", "Win.value-Wo", "Wo-W1", "W1-W2", "W2-D"], Transformer.Pairs.Select(pair => pair.Name));

    [Fact]
    public void Declared_ranks_are_those_that_are_measured()
    {
        foreach (var layout in new[] { Transformer, Convolutions, Recurrent })
        {
            var snapshot = Snapshot(layout);
            Assert.All(layout.Weights, weight => Assert.Equal([Lanes, weight.Rank], snapshot.Get(new WeightSpectrum(weight.Name)).shape));
            Assert.Equal(
                layout.Pairs.Select(pair => (pair.Name, pair.Rank)),
                snapshot.Get(new LayerAlignments()).Select(pair => (pair.Pair, LeadingDiagonal.Of(pair.Agreements).shape[1])));
        }
    }

    /// <summary>Stored inputs first or not: an embedding, a convolution and a transposed one.</summary>
    [Fact]
    public void Halves_of_spectra_are_put_back_where_weights_are_stored_and_add_up_to_them()
    {
        foreach (var layout in new[] { Transformer, Convolutions })
        {
            var snapshot = Snapshot(layout);
            var (top, bottom) = (snapshot.Get(HalfSpectrum.Both[0]), snapshot.Get(HalfSpectrum.Both[1]));
            foreach (var weight in layout.BodyWeights)
            {
                var whole = snapshot.Parameters[weight.Name];
                Assert.True((top[weight.Name] + bottom[weight.Name] - whole).abs().max().Number() < 1e-12);
                Assert.Equal((weight.Rank + 1) / 2, BatchedSvd.Values(top.Matrices(weight.Name))[0].gt(1e-9).sum().Number());
            }

            Assert.All(
                layout.Parameters.Except(layout.BodyWeights),
                kept => Assert.Equal(snapshot.Parameters[kept.Name].Numbers(), top[kept.Name].Numbers()));
        }
    }

    [Fact]
    public void A_transposed_convolution_is_the_matrix_of_its_outputs_and_an_embedding_its_transpose()
    {
        var parameters = Snapshot(Convolutions).Parameters;
        var (stored, matrices) = (parameters["up"], parameters.Matrices("up"));
        for (var output = 0; output < 3; output++)
        {
            // [inputs, outputs, 3, 3]: input 2, tap (1, 2).
            Assert.Equal(stored[1, 2, output, 1, 2].Number(), matrices[1, output, 2 * 9 + 5].Number());
        }

        var embedding = Snapshot(Transformer).Parameters;
        Assert.Equal(embedding["E"].mT.Numbers(), embedding.Matrices("E").Numbers());
    }

    /// <summary>The head stands before other weights.</summary>
    [Fact]
    public void Masks_and_perturbations_leave_heads_alone_wherever_they_stand()
    {
        var layout = new ParameterLayout(
        [
            Weight("head", 2, 4) with { IsHead = true, Follows = ["body"] }, Weight("body", 4, 3),
            Weight("other", 5, 4) with { Follows = ["body"] },
        ]);
        var snapshot = Snapshot(layout);
        var state = TrainingState.Start(snapshot.Program);
        new Perturb([0.5, 0.5], [1, 2], KeepsNorm: true, SparesHead: true).Apply(state);
        Assert.Equal(snapshot.Parameters["head"].Numbers(), state.Parameters["head"].Numbers());
        Assert.All(
            layout.BodyWeights,
            weight => Assert.Equal(0, state.Parameters[weight.Name].eq(snapshot.Parameters[weight.Name]).sum().Number()));
        new MagnitudeMask([0.25, 0.25]).Apply(state);
        Assert.Equal(2 * 8, state.Parameters["head"].ne(0).sum().Number());
        Assert.Equal(2 * (0.25 * (12 + 20)), layout.BodyWeights.Sum(weight => state.Parameters[weight.Name].ne(0).sum().Number()));
    }

    /// <summary>Without a gradient nothing but decay is left: p (1 - rate decay), where it applies.</summary>
    [Fact]
    public void Weight_decay_spares_what_does_not_decay()
    {
        var layout = new ParameterLayout(
        [
            Weight("W1", 3, 2), new ParameterSpec("b1", [3], ParameterRole.Bias) { IsDecayed = false },
            new ParameterSpec("gate", [2], ParameterRole.Frozen),
        ]);
        var decay = WeightDecay.Of(tensor([0.5, 2], [Lanes, 1]), layout);
        var rate = tensor([0.1, 0.1], [Lanes, 1]);
        foreach (var optimizer in new IOptimizer[] { new Sgd(rate, decay), new Adam(rate, decay, isDecoupled: true, 0.9, 0.999, 1e-8) })
        {
            Assert.Null(optimizer.AsData(Lanes));
            var (before, parameters) = (Snapshot(layout).Parameters, Snapshot(layout).Parameters);
            var state = OptimizerState.Start(optimizer, parameters.Trained);
            state.Updates++;
            optimizer.Update(parameters.Trained, zeros_like(parameters.Trained), state, 1);
            Assert.True((parameters["W1"] - before["W1"] * tensor([0.95, 0.8]).view(2, 1, 1)).abs().max().Number() < 1e-15);
            Assert.Equal(before["b1"].Numbers(), parameters["b1"].Numbers());
        }

        Assert.Equal([Lanes, 1], WeightDecay.Of(tensor([0.5, 2], [Lanes, 1]), Transformer)!.shape);
    }

    [Fact]
    public void Contradictions_name_the_parameter()
    {
        Refused("W1 has 3 outputs, and W2 takes in 4", Weight("W1", 3, 2), Weight("W2", 2, 4) with { Follows = ["W1"] });
        Refused("there is no parameter W0", Weight("W1", 3, 2) with { Follows = ["W0"] });
        Refused("W1 has no block gate", Weight("W1", 3, 2), Weight("W2", 2, 3) with { Follows = ["W1.gate"] });
        Refused("2 heads do not divide", Weight("W1", 3, 2), Weight("W2", 2, 3) with { Follows = [new Predecessor("W1") { Heads = 2 }] });
        Refused("b is trained", new ParameterSpec("mean", [3], ParameterRole.Buffer), new ParameterSpec("b", [3], ParameterRole.Bias));

        static void Refused(string why, params ParameterSpec[] parameters) => Assert.Contains(
            why, Assert.Throws<ArgumentException>(() => new ParameterLayout([.. parameters])).Message, StringComparison.Ordinal);
    }

    private static ParameterLayout Transformer { get; } = TransformerLayout.Of(new TransformerShape(
        Tokens: 6, Width: 8, Hidden: 12, Heads: 2, Blocks: 1));

    private static ParameterLayout Convolutions { get; } = new(
    [
        new ParameterSpec("down", [4, 2, 3, 3], ParameterRole.Weight),
        new ParameterSpec("down2", [5, 4, 3, 3], ParameterRole.Weight) { Follows = ["down"] },
        new ParameterSpec("up", [5, 3, 3, 3], ParameterRole.Weight) { View = MatrixView.InputsFirst, Follows = ["down2"] },
        new ParameterSpec("head", [2, 3], ParameterRole.Weight) { Follows = ["up"], IsHead = true },
    ]);

    private static ParameterLayout Recurrent { get; } = new(
    [
        Weight("ih", 16, 5) with { View = Gates }, Weight("hh", 16, 4) with { View = Gates, Follows = ["ih.g"] },
        Weight("ih2", 16, 8) with { View = Gates, Follows = [From("ih.g", 0), From("hh.g", 4)] },
    ]);

    private static Predecessor From(string gate, int firstInput) => new(gate) { FirstInput = firstInput };

    private static MatrixView Gates => MatrixView.Gates("i", "f", "g", "o");

    private static ParameterSpec Weight(string name, int outputs, int inputs) => new(name, [outputs, inputs], ParameterRole.Weight);

    private NetworkSnapshot Snapshot(ParameterLayout layout)
    {
        var values = new double[Lanes * layout.Size];
        RandomStreams.Data(3, 0).FillGaussian(values);
        var parameters = new ParameterSet(layout, tensor(values, [Lanes, layout.Size]));
        return new NetworkSnapshot(Networks.Unmade(parameters), parameters, new PackConstants(Scope));
    }
}
