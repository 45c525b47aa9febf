using static TorchSharp.torch;

namespace Sweeper.Training.Data;

/// <summary>Square roots that are the same on every processor, to a unit or two in the last place.</summary>
internal static class SquareRoot
{
    /// <summary>
    /// Of every element; 0 of 0. The operation `sqrt` itself begins with an estimate of the processor's, which differs between
    /// processors, and keeps some of its error; these two are rounded as IEEE 754 says.
    /// </summary>
    public static Tensor Of(Tensor values) => values.rsqrt().reciprocal_();
}
