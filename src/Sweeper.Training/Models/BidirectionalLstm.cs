using System.Collections.Immutable;
using Sweeper.Training.Data;
using static TorchSharp.torch;

namespace Sweeper.Training.Models;

/// <summary>
/// Layers of long short-term memory, each of which reads what the one before it says of every frame once forwards and once backwards, and a
/// linear head on what the last one says:
/// i, f, o = sigmoid, g = tanh of W_ih x + b_ih + W_hh h + b_hh;  c = f c + i g;  h = o tanh(c). Sequences [K, n, t, inputs]
/// (<see cref="Sequences"/>) -> scores [K, n, t, classes].
/// </summary>
/// <remarks>
/// Inside, time stands before examples, and both directions of all lanes are one batch of products: [2 K, t, n, units]. Sequences run
/// backwards from their last frame, so that padding comes last in both directions and nothing real is read after it.
/// </remarks>
internal sealed class BidirectionalLstm : IModel
{
    private static readonly ImmutableArray<string> Gates = ["input", "forget", "cell", "output"];
    private static readonly ImmutableArray<string> Directions = ["", "_reverse"];
    private readonly int layers;

    /// <param name="inputs">Numbers of a frame.</param>
    /// <param name="layers">Layers of both directions.</param>
    /// <param name="hidden">Units of a layer and direction.</param>
    /// <param name="classes">Scores of a frame.</param>
    public BidirectionalLstm(int inputs, int layers, int hidden, int classes)
    {
        this.layers = layers;
        Layout = LayoutOf(inputs, layers, hidden, classes);
    }

    /// <inheritdoc/>
    public ParameterLayout Layout { get; }

    /// <summary>
    /// The parameters of every layer and direction as PyTorch has them (ih: of what the layer reads, hh: of what it said before; each with
    /// a bias), all uniform on +-1 / sqrt(hidden), and the head. Matrices have the rows of the four gates one after the other, and each
    /// gate is a predecessor of its own (Yunis et al. 2024: ih to hh, ih and hh to the next ih of the same direction, the last ones to the
    /// head).
    /// </summary>
    public static ParameterLayout LayoutOf(int inputs, int layers, int hidden, int classes)
    {
        var law = InitialLaw.Uniform(1 / Math.Sqrt(hidden));
        return new ParameterLayout(
        [
            .. Enumerable.Range(1, layers).SelectMany(layer => Directions.SelectMany((_, direction) => Parameters(layer, direction))),
            new ParameterSpec("head", [classes, 2 * hidden], ParameterRole.Weight)
            {
                IsHead = true, Follows = [.. Directions.SelectMany((_, direction) => Says(layers, direction))],
            },
            new ParameterSpec("head_bias", [classes], ParameterRole.Bias) { Initial = InitialLaw.Uniform(1 / Math.Sqrt(2 * hidden)) },
        ]);

        IEnumerable<ParameterSpec> Parameters(int layer, int direction)
        {
            var end = $"{layer}{Directions[direction]}";
            yield return new ParameterSpec($"ih{end}", [4 * hidden, layer == 1 ? inputs : 2 * hidden], ParameterRole.Weight)
            {
                View = MatrixView.Gates(Gates), Initial = law, Follows = layer == 1 ? [] : [.. Says(layer - 1, direction)],
            };
            yield return new ParameterSpec($"hh{end}", [4 * hidden, hidden], ParameterRole.Weight)
            {
                View = MatrixView.Gates(Gates), Initial = law, Follows = [.. Gates.Select(gate => new Predecessor($"ih{end}.{gate}"))],
            };
            yield return new ParameterSpec($"ih{end}_bias", [4 * hidden], ParameterRole.Bias) { Initial = law };
            yield return new ParameterSpec($"hh{end}_bias", [4 * hidden], ParameterRole.Bias) { Initial = law };
        }

        // What a direction of a layer says are the first or the second half of the next inputs.
        IEnumerable<Predecessor> Says(int layer, int direction) =>
            from matrix in (string[])["ih", "hh"]
            from gate in Gates
            select new Predecessor($"{matrix}{layer}{Directions[direction]}.{gate}") { FirstInput = direction * hidden };
    }

    /// <inheritdoc/>
    public Tensor Apply(ParameterSet parameters, Tensor inputs, NetworkMode mode)
    {
        // What layers and frames need on their way goes with them: of many frames it would be far more than what comes out.
        using var scope = NewDisposeScope();
        var isPadding = Sequences.IsPadding(inputs);
        var backwards = Sequences.Backwards(isPadding).transpose(1, 2).unsqueeze(3);
        var said = Sequences.Filled(inputs, isPadding).transpose(1, 2);
        for (var layer = 1; layer <= layers; layer++)
        {
            using var ofLayer = NewDisposeScope();
            var both = Layer(parameters, layer, cat([said, Turned(said)], 0)).chunk(2, 0);
            said = cat([both[0], Turned(both[1])], 3).MoveToOuterDisposeScope();
        }

        var scores = Affine(said, parameters["head"], parameters["head_bias"]).transpose(1, 2);
        return scores.masked_fill(isPadding.unsqueeze(-1), Sequences.Padding).MoveToOuterDisposeScope();

        Tensor Turned(Tensor frames) => frames.gather(1, backwards.expand(frames.shape));
    }

    /// <summary>What a layer reads, [2 K, t, n, d] -> what it says, [2 K, t, n, hidden].</summary>
    private static Tensor Layer(ParameterSet parameters, int layer, Tensor read)
    {
        var sums = Affine(read, Both("ih"), Both("ih", "_bias") + Both("hh", "_bias"));
        var recurrent = Both("hh").transpose(1, 2);
        var said = new List<Tensor>();
        Tensor? cell = null;
        // Cut at once: the gradient of each part by itself would be as large as the whole.
        foreach (var sum in sums.unbind(1))
        {
            using var ofFrame = NewDisposeScope();
            var gates = (said.Count == 0 ? sum : said[^1].baddbmm(recurrent, sum)).chunk(4, 2);
            var news = gates[0].sigmoid() * gates[2].tanh();
            cell = (cell is null ? news : news.addcmul(gates[1].sigmoid(), cell, 1)).MoveToOuterDisposeScope();
            said.Add((gates[3].sigmoid() * cell.tanh()).MoveToOuterDisposeScope());
        }

        return stack([.. said], 1);

        Tensor Both(string matrix, string end = "") =>
            cat([.. Directions.Select(direction => parameters[$"{matrix}{layer}{direction}{end}"])], 0);
    }

    /// <summary>[L, t, n, d] -> [L, t, n, o].</summary>
    private static Tensor Affine(Tensor values, Tensor weights, Tensor bias) =>
        values.flatten(1, 2).baddbmm(weights.transpose(1, 2), bias.unsqueeze(1)).view([.. values.shape[..3], weights.shape[1]]);
}
