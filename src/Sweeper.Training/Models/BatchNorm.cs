using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Sweeper.Training.Models;

/// <summary>
/// Batch normalisation (Ioffe and Szegedy 2015), unit by unit and lane by lane: values less their mean over the batch, divided by the root
/// of their variance plus 1e-5, then times g, plus h. Running statistics move by a tenth at every step of training; the variance that
/// they hear of is the unbiased one, as PyTorch's.
/// </summary>
/// <param name="Suffix">Of the names of its parameters g, h (trained), rm and rv (buffers).</param>
/// <param name="Units">Units, or channels of pictures.</param>
internal sealed record BatchNorm(string Suffix, int Units)
{
    private const double Epsilon = 1e-5, Momentum = 0.1;

    /// <summary>Scale and shift.</summary>
    public ImmutableArray<ParameterSpec> Trained { get; } =
        [new($"g{Suffix}", [Units], ParameterRole.Scale), new($"h{Suffix}", [Units], ParameterRole.Bias)];

    /// <summary>Running mean and variance.</summary>
    public ImmutableArray<ParameterSpec> Buffers { get; } =
        [new($"rm{Suffix}", [Units], ParameterRole.Buffer), new($"rv{Suffix}", [Units], ParameterRole.Buffer) { Initial = InitialLaw.One }];

    /// <summary>
    /// Values [n, K * units, ...], lanes major, -> the same normalised; statistics are those of everything but the second axis.
    /// </summary>
    /// <param name="parameters">Whose scale, shift and statistics; the statistics are changed except where the mode is to evaluate.</param>
    /// <param name="values">What is normalised.</param>
    /// <param name="mode">What for.</param>
    public Tensor Apply(ParameterSet parameters, Tensor values, NetworkMode mode)
    {
        Tensor mean = parameters[$"rm{Suffix}"], variance = parameters[$"rv{Suffix}"];
        // Copies: autograd minds that what it was given is written again.
        Tensor means = mean.flatten().clone(), variances = variance.flatten().clone();
        var normalised = nn.functional.batch_norm(
            values, means, variances, parameters[$"g{Suffix}"].flatten(), parameters[$"h{Suffix}"].flatten(),
            training: mode != NetworkMode.Evaluate, momentum: mode == NetworkMode.Recalibrate ? 1 : Momentum, eps: Epsilon);
        if (mode != NetworkMode.Evaluate)
        {
            mean.copy_(means.view(mean.shape));
            variance.copy_(variances.view(variance.shape));
        }

        return normalised;
    }
}
