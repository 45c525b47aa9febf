using Sweeper.Core.Randomness;
using Sweeper.Training.Models;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Models;

/// <summary>What holds of transformers whatever their weights; the vectors `transformer` hold one block to numbers.</summary>
public sealed class TransformerTests : TensorTest
{
    private const int Lanes = 2, Length = 4, Examples = 3;
    private const double Rounding = 1e-12;

    /// <summary>More tokens than <see cref="Examples"/>, fewer than twice as many.</summary>
    private static readonly TransformerShape Shape = new(Tokens: 5, Width: 6, Hidden: 7, Heads: 2, Blocks: 2) { HasLayerNorm = true };

    [Fact]
    public void Nobody_sees_what_comes_later()
    {
        var (earlier, later) = (Tokens(Examples), Tokens(Examples));
        later.select(2, Length - 1).copy_(later.select(2, Length - 1).add(1).remainder(Shape.Tokens));

        Tensor before = Apply(Shape, earlier), after = Apply(Shape, later);

        Assert.Equal([Lanes, Examples, Length, Shape.Tokens], before.shape);
        Assert.True(Largest(before - after, 0, Length - 1) < Rounding);
        Assert.True(Largest(before - after, Length - 1, 1) > 1e-3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_last_answer_alone_is_that_of_all_positions(int blocks)
    {
        var shape = Shape with { Blocks = blocks };
        var tokens = Tokens(Examples);
        Assert.True(Largest(Apply(shape, tokens).select(2, Length - 1) - Apply(shape with { AnswersLast = true }, tokens)) < Rounding);
    }

    /// <summary>With as many examples as tokens the first block is computed once a token, with fewer once an example.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Examples_are_scored_alike_however_many_there_are(bool answersLast)
    {
        var shape = Shape with { AnswersLast = answersLast };
        var many = Tokens(2 * Examples);
        Assert.True(Largest(Apply(shape, many).narrow(1, 0, Examples) - Apply(shape, many.narrow(1, 0, Examples))) < Rounding);
    }

    /// <summary>
    /// Keys and queries of zero look everywhere alike: without a perceptron the answer is the head's of x + Wo mean(values).
    /// </summary>
    [Fact]
    public void Attention_without_keys_is_the_mean_over_what_was_seen()
    {
        var shape = Shape with { Blocks = 1, HasLayerNorm = false };
        var parameters = Parameters(shape);
        parameters["Win"].narrow(1, 0, 2 * shape.Width).zero_();
        parameters["bin"].narrow(1, 0, 2 * shape.Width).zero_();
        parameters["W2"].zero_();
        parameters["b2"].zero_();
        var tokens = Tokens(1);
        var stream = parameters["E"].gather(1, tokens.flatten(1).unsqueeze(2).expand(-1, -1, shape.Width)) * Math.Sqrt(shape.Width)
            + Transformer.Sinusoids(Length, shape.Width);
        var values = stream.bmm(parameters["Win"].narrow(1, 2 * shape.Width, shape.Width).mT)
            + parameters["bin"].narrow(1, 2 * shape.Width, shape.Width).unsqueeze(1);
        var means = values.cumsum(1) / arange(1, Length + 1).view(1, -1, 1);
        var mixed = stream + means.bmm(parameters["Wo"].mT) + parameters["bo"].unsqueeze(1);
        var expected = mixed.bmm(parameters["D"].mT) + parameters["bd"].unsqueeze(1);
        Assert.True(Largest(new Transformer(shape).Apply(parameters, tokens, NetworkMode.Evaluate).squeeze(1) - expected) < Rounding);
    }

    private static Tensor Apply(TransformerShape shape, Tensor tokens) =>
        new Transformer(shape).Apply(Parameters(shape), tokens, NetworkMode.Evaluate);

    private static ParameterSet Parameters(TransformerShape shape)
    {
        var layout = TransformerLayout.Of(shape);
        return new ParameterSet(layout, tensor(RandomStreams.Data(1, 0).NextGaussian((int)(Lanes * layout.Size)), [Lanes, layout.Size]));
    }

    private static Tensor Tokens(int examples)
    {
        var stream = RandomStreams.Data(2, 0);
        return tensor(
            [.. Enumerable.Range(0, Lanes * examples * Length).Select(_ => (long)stream.NextBelow(Shape.Tokens))],
            [Lanes, examples, Length]);
    }

    private static double Largest(Tensor difference, int first, int count) => Largest(difference.narrow(2, first, count));

    private static double Largest(Tensor difference) => difference.abs().max().Number();
}
