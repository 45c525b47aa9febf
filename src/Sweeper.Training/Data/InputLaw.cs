using Sweeper.Core.Randomness;

namespace Sweeper.Training.Data;

/// <summary>Distribution of the inputs X [n, d], rows are examples.</summary>
internal enum InputLaw
{
    /// <summary>Gaussian, then made exactly white: X^T X / n = 1. Needs n >= d.</summary>
    Whitened,
    /// <summary>X^T X = 1, or orthonormal rows where n is less than d.</summary>
    Orthonormal,
    /// <summary>Independent N(0, 1).</summary>
    Gaussian,
}

/// <summary>Draws inputs.</summary>
internal static class Inputs
{
    /// <summary>X [examples, width], row-major, from a stream of its own.</summary>
    /// <remarks>A Gaussian matrix made orthonormal is Haar; times sqrt(n) it is that matrix whitened by its own covariance.</remarks>
    public static double[] Draw(InputLaw law, CounterRandom stream, int examples, int width)
    {
        switch (law)
        {
            case InputLaw.Gaussian:
                return stream.NextGaussian(examples * width);
            case InputLaw.Whitened:
                var scale = Math.Sqrt(examples);
                return Array.ConvertAll(HaarMatrix.Draw(stream, examples, width), value => value * scale);
            default:
                return HaarMatrix.Draw(stream, examples, width);
        }
    }
}
