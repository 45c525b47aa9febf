using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Models;

/// <summary>
/// Transformer that scores the next token: embedding times sqrt(d) plus fixed sinusoids, blocks of causal attention and a ReLU perceptron,
/// each added to the residual stream, and a linear head (Vaswani et al. 2017; where the norms stand, and whether, as in Yunis et al. 2024).
/// </summary>
/// <param name="shape">Its sizes.</param>
internal sealed class Transformer(TransformerShape shape) : IModel
{
    private const double NormEpsilon = 1e-5;
    private const double LongestWave = 10_000;
    private readonly Scalar embeddingScale = Math.Sqrt(shape.Width), queryScale = 1 / Math.Sqrt((double)shape.Width / shape.Heads);

    /// <inheritdoc/>
    public ParameterLayout Layout { get; } = TransformerLayout.Of(shape);

    /// <summary>
    /// Tokens [K, n, l] -> scores of the token after each position, [K, n, l, tokens]; [K, n, tokens] where the last position alone
    /// answers.
    /// </summary>
    /// <remarks>
    /// What the first block makes of one position depends on its token alone. Where there are fewer tokens than examples, it is computed
    /// for every token at every position, and then picked.
    /// </remarks>
    public Tensor Apply(ParameterSet parameters, Tensor inputs, NetworkMode mode)
    {
        var isTable = shape.Tokens <= inputs.shape[1];
        var embedding = parameters["E"];
        var stream = (isTable ? embedding.unsqueeze(2) : Pick(embedding, inputs))
            .mul(embeddingScale).add(Sinusoids(inputs.shape[2], shape.Width).to(embedding.dtype).to(embedding.device));
        for (var block = 0; block < shape.Blocks; block++)
        {
            stream = Block(parameters, block, stream, isTable && block == 0 ? inputs : null);
        }

        var scores = Affine(stream, parameters["D"], parameters["bd"]);
        return shape.AnswersLast ? scores.squeeze(2) : scores;
    }

    /// <summary>sin(place / 10000^(i / d)) and the cosine beside it, i = 0, 2, ...: [length, width], float64.</summary>
    public static Tensor Sinusoids(long length, int width)
    {
        var values = new double[length * width];
        for (var entry = 0; entry < values.Length; entry++)
        {
            var (place, unit) = Math.DivRem(entry, width);
            var angle = place / Math.Pow(LongestWave, (double)(unit - unit % 2) / width);
            values[entry] = unit % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle);
        }

        return tensor(values, [length, width]);
    }

    /// <summary>
    /// A block on the stream [K, n, l, d]. With tokens [K, n, l] the stream is [K, tokens, l, d], and its rows are picked once they are as
    /// narrow as they get.
    /// </summary>
    private Tensor Block(ParameterSet parameters, int block, Tensor stream, Tensor? tokens)
    {
        long length = stream.shape[2], answers = shape.AnswersLast && block == shape.Blocks - 1 ? 1 : length, width = shape.Width;
        Tensor Of(string parameter) => parameters[TransformerLayout.NameOf(shape, parameter, block)];
        Tensor Last(Tensor values) => values.narrow(2, length - answers, answers);
        Tensor Spread(Tensor values) => tokens is null ? values : PickPlaces(values, tokens);

        var (weights, biases, seen) = (Of("Win"), Of("bin"), Norm(stream, 1));
        Tensor Projected(int part, Tensor from) =>
            Affine(from, weights.narrow(1, part * width, width), biases.narrow(1, part * width, width));
        var mixed = Attention(
            Spread(Projected(0, Last(seen)).mul(queryScale)), Spread(Projected(1, seen)), Spread(Projected(2, seen)));
        stream = Spread(Last(stream)).add(Affine(mixed, Of("Wo"), Of("bo")));
        return stream.add(Affine(Affine(Norm(stream, 2), Of("W1"), Of("b1")).relu_(), Of("W2"), Of("b2")));

        Tensor Norm(Tensor values, int number)
        {
            if (!shape.HasLayerNorm)
            {
                return values;
            }

            Tensor PerLane(string parameter) => Of($"{parameter}{number}").view(-1, 1, 1, width);
            return PerLane("h").addcmul(nn.functional.layer_norm(values, [width], eps: NormEpsilon), PerLane("g"), 1);
        }
    }

    /// <summary>
    /// Queries [K, n, a, d] of the last positions, keys and values [K, n, l, d] -> [K, n, a, d]. Nobody sees what comes later.
    /// </summary>
    /// <remarks>For a single query products of numbers are faster than products of matrices so small.</remarks>
    private Tensor Attention(Tensor queries, Tensor keys, Tensor values)
    {
        long answers = queries.shape[2], length = keys.shape[2];
        if (answers == 1)
        {
            var shares = Heads(queries).mul(Heads(keys)).sum(-1, keepdim: true).softmax(2);
            return shares.mul(Heads(values)).sum(2).view(queries.shape);
        }

        var isLater = ones([answers, length], ScalarType.Bool, keys.device).triu(1 + length - answers);
        var scores = Heads(queries).transpose(2, 3).matmul(Heads(keys).permute(0, 1, 3, 4, 2));
        return scores.masked_fill(isLater, double.NegativeInfinity).softmax(-1)
            .matmul(Heads(values).transpose(2, 3)).transpose(2, 3).reshape(queries.shape);

        Tensor Heads(Tensor all) => all.view([.. all.shape[..3], shape.Heads, -1]);
    }

    /// <summary>values [K, tokens, p, c] of every token at the last p positions, tokens [K, n, l] -> [K, n, p, c].</summary>
    private static Tensor PickPlaces(Tensor values, Tensor tokens)
    {
        var places = values.shape[2];
        var rows = tokens.narrow(2, tokens.shape[2] - places, places).mul(places).add(arange(places, ScalarType.Int64, tokens.device));
        return Pick(values.flatten(1, 2), rows);
    }

    /// <summary>Rows of values [K, rows, c] by their numbers [K, n, p] -> [K, n, p, c].</summary>
    private static Tensor Pick(Tensor values, Tensor rows)
    {
        var firstOfLane = arange(values.shape[0], ScalarType.Int64, rows.device).mul(values.shape[1]).view(-1, 1, 1);
        var (all, chosen) = (values.flatten(0, 1), rows.add(firstOfLane).flatten());
        // On a GPU gradients of selected rows are added up in any order, those of indexed ones in a fixed one; on a processor these are
        // slower.
        return (all.device.type == DeviceType.CPU ? all.index_select(0, chosen) : all.index(TensorIndex.Tensor(chosen)))
            .view([.. rows.shape, values.shape[2]]);
    }

    /// <summary>[K, n, l, i] -> [K, n, l, o].</summary>
    private static Tensor Affine(Tensor inputs, Tensor weights, Tensor biases) =>
        inputs.flatten(1, 2).bmm(weights.mT).add_(biases.unsqueeze(1)).view([.. inputs.shape[..3], -1]);
}
