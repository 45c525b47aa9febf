using System.Collections.Immutable;

namespace Sweeper.Training.Models;

/// <summary>
/// The parameters of a <see cref="Transformer"/>: embedding E, of every block in-projection Win, out-projection Wo and perceptron W1, W2,
/// head D, with biases bin, bo, b1, b2, bd and the scales and shifts g1, h1, g2, h2 of layer norms; numbered (Win_1, Win_2) where there are
/// several blocks. Initial values are those of Yunis et al. 2024: embedding and head uniform on +-0.1, in-projection Xavier, the others as
/// PyTorch's linear layers, biases of attention and head zero.
/// </summary>
internal static class TransformerLayout
{
    private const int FirstStream = 20;
    private const int StreamsOfBlock = 6;
    private const double SmallBound = 0.1;

    /// <summary>The layout of a shape.</summary>
    public static ParameterLayout Of(TransformerShape shape)
    {
        var last = shape.Blocks - 1;
        return new ParameterLayout(
        [
            Weight("E", FirstStream, shape.Tokens, shape.Width) with
            {
                View = MatrixView.InputsFirst, Initial = InitialLaw.Uniform(SmallBound),
            },
            .. Enumerable.Range(0, shape.Blocks).SelectMany(block => Block(shape, block)),
            Weight("D", FirstStream + 1 + StreamsOfBlock, shape.Tokens, shape.Width) with
            {
                Initial = InitialLaw.Uniform(SmallBound), Follows = [NameOf(shape, "W2", last)], IsHead = true,
            },
            new ParameterSpec("bd", [shape.Tokens], ParameterRole.Bias),
        ]);
    }

    /// <summary>Name of a parameter of a block: `Win`, or `Win_2` where there are several blocks.</summary>
    public static string NameOf(TransformerShape shape, string parameter, int block) =>
        shape.Blocks == 1 ? parameter : $"{parameter}_{block + 1}";

    private static IEnumerable<ParameterSpec> Block(TransformerShape shape, int block)
    {
        int width = shape.Width, hidden = shape.Hidden;
        // The head's stream lies after those of the first block.
        var stream = FirstStream + 1 + block * StreamsOfBlock + (block > 0 ? 1 : 0);
        string Name(string parameter) => NameOf(shape, parameter, block);
        ImmutableArray<ParameterSpec> Norm(int number) => shape.HasLayerNorm
            ? [new(Name($"g{number}"), [width], ParameterRole.Scale), new(Name($"h{number}"), [width], ParameterRole.Bias)]
            : [];
        return
        [
            .. Norm(1),
            Weight(Name("Win"), stream, 3 * width, width) with
            {
                View = MatrixView.Stacked("query", "key", "value"), Initial = InitialLaw.Uniform(Math.Sqrt(6.0 / (4 * width))),
                Follows =
                [
                    block == 0 ? "E" : NameOf(shape, "W2", block - 1),
                    new Predecessor($"{Name("Win")}.query") { Meets = "key", Heads = shape.Heads },
                ],
            },
            new ParameterSpec(Name("bin"), [3 * width], ParameterRole.Bias),
            Weight(Name("Wo"), stream + 1, width, width) with
            {
                Follows = [new Predecessor($"{Name("Win")}.value") { Heads = shape.Heads }],
            },
            new ParameterSpec(Name("bo"), [width], ParameterRole.Bias),
            .. Norm(2),
            Weight(Name("W1"), stream + 2, hidden, width) with { Follows = [Name("Wo")] },
            Bias(Name("b1"), stream + 3, hidden, width),
            Weight(Name("W2"), stream + 4, width, hidden) with { Follows = [Name("W1")] },
            Bias(Name("b2"), stream + 5, width, hidden),
        ];
    }

    private static ParameterSpec Weight(string name, int stream, int outputs, int inputs) =>
        new(name, [outputs, inputs], ParameterRole.Weight) { Stream = stream };

    private static ParameterSpec Bias(string name, int stream, int outputs, int inputs) =>
        new(name, [outputs], ParameterRole.Bias) { Initial = InitialLaw.Uniform(1 / Math.Sqrt(inputs)), Stream = stream };
}
