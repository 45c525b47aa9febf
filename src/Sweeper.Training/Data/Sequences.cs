using static TorchSharp.torch;

namespace Sweeper.Training.Data;

/// <summary>
/// Sequences of different lengths side by side, [..., t, f]: after its last frame each is filled up with frames of NaN, which is the mask.
/// What models put out there is NaN too, and objectives and metrics leave it out; a model that knows nothing of this gives NaN for the
/// whole. Labels [..., u] are filled up with <see cref="NoLabel"/>.
/// </summary>
internal static class Sequences
{
    /// <summary>What frames are filled up with.</summary>
    public const double Padding = double.NaN;

    /// <summary>What labels are filled up with.</summary>
    public const long NoLabel = -1;

    /// <summary>[..., t, f] -> [..., t]: whether there is no frame any more.</summary>
    public static Tensor IsPadding(Tensor frames) => frames.select(-1, 0).isnan();

    /// <summary>The same with zeros in place of the padding.</summary>
    public static Tensor Filled(Tensor frames, Tensor isPadding) => frames.masked_fill(isPadding.unsqueeze(-1), 0);

    /// <summary>Places [..., t] at which frames stand when each sequence runs backwards and its padding stays where it is.</summary>
    public static Tensor Backwards(Tensor isPadding)
    {
        var place = arange(isPadding.shape[^1], ScalarType.Int64, isPadding.device);
        var last = isPadding.logical_not().sum(-1, keepdim: true) - 1;
        return where(isPadding, place, last - place);
    }
}
