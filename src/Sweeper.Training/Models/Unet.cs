using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Sweeper.Training.Models;

/// <summary>
/// The residual UNet of score models (Yunis et al. 2024, appendix): convolutions 3 x 3 of padding 1, the first of stride 1 and the others
/// of stride 2, and as many transposed ones back, each but the last followed by group norm and swish. Every level hears the time: frozen
/// random Fourier features of it, a matrix and swish, then a matrix and bias of the level's own, whose outputs are added to all its pixels.
/// What a convolution of the way down made is added to what the transposed convolution of its level takes in.
/// </summary>
internal sealed class Unet : IModel
{
    private const double FrequencyScale = 30;
    private const int Groups = 4;
    private readonly int side;
    private readonly ImmutableArray<int> channels;
    private readonly ImmutableArray<GroupNorm> down, up;

    /// <param name="side">Pixels along a side of the pictures; divisible by two once for each level after the first.</param>
    /// <param name="channels">Channels of every level, all divisible by 4.</param>
    /// <param name="features">Fourier features of the time; an even number.</param>
    public Unet(int side, ImmutableArray<int> channels, int features)
    {
        (this.side, this.channels) = (side, channels);
        (down, up) = (Norms("", channels), Norms("u", channels[..^1]));
        Layout = LayoutOf(channels, features);
    }

    /// <summary>Examples that are evaluated at once.</summary>
    public const int ExamplesAtOnce = 128;

    /// <inheritdoc/>
    public ParameterLayout Layout { get; }

    /// <summary>
    /// The parameters of a network before there is one: matrix T and bias tb of the time; of level k the convolution Ck, the matrix Dk and
    /// bias dbk of its time and its norm; of the transposed convolution Uk, from the deepest level up, the matrix Ek of the time of the
    /// level that it makes, bias and norm; the bias of the last, which is the head; then the frequencies. All begin as PyTorch's do.
    /// </summary>
    /// <param name="channels">Channels of every level.</param>
    /// <param name="features">Fourier features of the time.</param>
    public static ParameterLayout LayoutOf(ImmutableArray<int> channels, int features)
    {
        var (down, up) = (Norms("", channels), Norms("u", channels[..^1]));
        var deepest = channels.Length;
        return new ParameterLayout(
        [
            Weight("T", features, features), Bias("tb", features),
            .. channels.SelectMany((count, level) => (IEnumerable<ParameterSpec>)
            [
                Weight($"C{level + 1}", count, level == 0 ? 1 : channels[level - 1], 3, 3) with
                {
                    Follows = level == 0 ? [] : [$"C{level}", $"D{level}"],
                },
                Weight($"D{level + 1}", count, features), Bias($"db{level + 1}", count), .. down[level].Trained,
            ]),
            .. Enumerable.Range(0, deepest - 1).Select(place => deepest - 1 - place).SelectMany(level => (IEnumerable<ParameterSpec>)
            [
                Up(level), Weight($"E{level + 1}", channels[level - 1], features), Bias($"eb{level + 1}", channels[level - 1]),
                .. up[level - 1].Trained,
            ]),
            Up(0) with { IsHead = true },
            new ParameterSpec("ub", [1], ParameterRole.Bias) { Initial = InitialLaw.Uniform(1 / Math.Sqrt(9)) },
            new ParameterSpec("F", [features / 2], ParameterRole.Frozen) { Initial = InitialLaw.Gaussian },
        ]);

        // As PyTorch stores transposed convolutions: inputs first.
        ParameterSpec Up(int level) => Weight($"U{level + 1}", channels[level], level == 0 ? 1 : channels[level - 1], 3, 3) with
        {
            View = MatrixView.InputsFirst,
            Follows = level == deepest - 1 ? [$"C{level + 1}", $"D{level + 1}"] : [$"U{level + 2}", $"C{level + 1}", $"D{level + 1}"],
        };

        ParameterSpec Bias(string name, int count) =>
            new(name, [count], ParameterRole.Bias) { Initial = InitialLaw.Uniform(1 / Math.Sqrt(features)) };
    }

    /// <summary>Pictures and times [K, n, side * side + 1], the time last -> pictures [K, n, side * side].</summary>
    public Tensor Apply(ParameterSet parameters, Tensor inputs, NetworkMode mode) =>
        mode == NetworkMode.Train
        ? OfPart(parameters, inputs)
        : ExampleParts.Apply(inputs, ExamplesAtOnce, part => OfPart(parameters, part));

    private Tensor OfPart(ParameterSet parameters, Tensor inputs)
    {
        using var scope = NewDisposeScope();
        long lanes = inputs.shape[0], examples = inputs.shape[1], pixels = (long)side * side;
        var time = Time(parameters, inputs.narrow(2, pixels, 1));
        var pictures = inputs.narrow(2, 0, pixels).transpose(0, 1).reshape(examples, lanes, side, side);
        var levels = new Tensor[channels.Length];
        for (var level = 0; level < channels.Length; level++)
        {
            long stride = level == 0 ? 1 : 2;
            var sums = nn.functional.conv2d(
                pictures, parameters[$"C{level + 1}"].flatten(0, 1), null, [stride, stride], [1, 1], null, lanes);
            levels[level] = pictures = Swish(down[level].Apply(parameters, sums + OfLevel("D", "db", level + 1)));
        }

        for (var level = channels.Length - 1; level > 0; level--)
        {
            var taken = level == channels.Length - 1 ? pictures : pictures + levels[level];
            var sums = nn.functional.conv_transpose2d(
                taken, parameters[$"U{level + 1}"].flatten(0, 1), null, [2, 2], [1, 1], [1, 1], groups: lanes);
            pictures = Swish(up[level - 1].Apply(parameters, sums + OfLevel("E", "eb", level + 1)));
        }

        var last = nn.functional.conv_transpose2d(
            pictures + levels[0], parameters["U1"].flatten(0, 1), parameters["ub"].flatten(), [1, 1], [1, 1], groups: lanes);
        return last.view(examples, lanes, pixels).transpose(0, 1).MoveToOuterDisposeScope();

        // [n, K * channels, 1, 1].
        Tensor OfLevel(string matrix, string bias, int level) =>
            (time.bmm(parameters[$"{matrix}{level}"].mT) + parameters[$"{bias}{level}"].unsqueeze(1))
                .transpose(0, 1).flatten(1).unsqueeze(2).unsqueeze(3);
    }

    /// <summary>Times [K, n, 1] -> [K, n, features].</summary>
    private static Tensor Time(ParameterSet parameters, Tensor times)
    {
        var angles = times * (parameters["F"].unsqueeze(1) * (2 * Math.PI * FrequencyScale));
        return Swish(cat([angles.sin(), angles.cos()], 2).bmm(parameters["T"].mT) + parameters["tb"].unsqueeze(1));
    }

    private static Tensor Swish(Tensor values) => values * values.sigmoid();

    private static ImmutableArray<GroupNorm> Norms(string suffix, ImmutableArray<int> channels) =>
        [.. channels.Select((count, level) => new GroupNorm($"{suffix}{level + 1}", count, Groups))];

    private static ParameterSpec Weight(string name, params ImmutableArray<long> shape) => new(name, shape, ParameterRole.Weight);
}
