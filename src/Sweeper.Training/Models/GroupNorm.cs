using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Sweeper.Training.Models;

/// <summary>
/// Group normalisation (Wu and He 2018), example by example: the values of each group of channels less their mean, divided by the root of
/// their variance plus 1e-5, then times g, plus h. It keeps no statistics of the data.
/// </summary>
/// <param name="Suffix">Of the names of its parameters, g and h.</param>
/// <param name="Channels">Channels of the pictures.</param>
/// <param name="Groups">Into which they are divided; a divisor of their number.</param>
internal sealed record GroupNorm(string Suffix, int Channels, int Groups)
{
    private const double Epsilon = 1e-5;

    /// <summary>Scale and shift.</summary>
    public ImmutableArray<ParameterSpec> Trained { get; } =
        [new($"g{Suffix}", [Channels], ParameterRole.Scale), new($"h{Suffix}", [Channels], ParameterRole.Bias)];

    /// <summary>Values [n, K * channels, ...], lanes major, -> the same normalised.</summary>
    /// <param name="parameters">Whose scale and shift.</param>
    /// <param name="values">What is normalised.</param>
    public Tensor Apply(ParameterSet parameters, Tensor values) => nn.functional.group_norm(
        values, values.shape[1] / Channels * Groups, parameters[$"g{Suffix}"].flatten(), parameters[$"h{Suffix}"].flatten(), Epsilon);
}
