using System.Numerics;

namespace Sweeper.Training.Data.Made;

/// <summary>
/// Power of sound in bands of equal width on the mel scale, 2595 log10(1 + f / 700): triangles that overlap by half, of windows of 512
/// samples (Hann) every hundredth of a second. Linear power, no logarithm.
/// </summary>
/// <remarks>
/// The bytes that come out are the same on every machine: additions, products and roots are, and what libraries compute in their own ways
/// (cosines, powers) enters as constants that are rounded to single precision.
/// </remarks>
/// <param name="rate">Samples a second.</param>
/// <param name="bands">Number of bands, from 0 to half the rate.</param>
internal sealed class MelSpectrogram(int rate, int bands)
{
    private const int Window = 512;
    private readonly int hop = rate / 100;
    private readonly double[] edges = [.. Enumerable.Range(0, bands + 2).Select(edge => (double)Edge(edge, rate, bands))];
    private readonly double[] hann = [.. Enumerable.Range(0, Window).Select(sample => 0.5 - (0.5 * Cosine(sample)))];

    /// <summary>[frames, bands], row-major, of windows that lie in the sound.</summary>
    public double[] Of(ReadOnlySpan<short> samples)
    {
        var frames = samples.Length < Window ? 0 : 1 + ((samples.Length - Window) / hop);
        var power = new double[frames * bands];
        var spectrum = new Complex[Window];
        for (var frame = 0; frame < frames; frame++)
        {
            for (var sample = 0; sample < Window; sample++)
            {
                spectrum[sample] = hann[sample] * samples[(frame * hop) + sample];
            }

            Transform(spectrum);
            for (var line = 1; line < Window / 2; line++)
            {
                Add(power.AsSpan(frame * bands, bands), line * (double)rate / Window, Square(spectrum[line]));
            }
        }

        return power;
    }

    /// <summary>Gives a line of the spectrum to the two bands whose triangles it lies under.</summary>
    private void Add(Span<double> power, double frequency, double line)
    {
        for (var band = 0; band < bands; band++)
        {
            var (low, centre, high) = (edges[band], edges[band + 1], edges[band + 2]);
            if (frequency > low && frequency < high)
            {
                power[band] += line * (frequency <= centre ? (frequency - low) / (centre - low) : (high - frequency) / (high - centre));
            }
        }
    }

    /// <summary>The discrete Fourier transform, in place: by halves, after the order of reversed bits.</summary>
    private static void Transform(Complex[] values)
    {
        for (int place = 1, reversed = 0; place < values.Length; place++)
        {
            var bit = values.Length / 2;
            for (; (reversed & bit) != 0; bit /= 2)
            {
                reversed ^= bit;
            }

            reversed |= bit;
            if (place < reversed)
            {
                (values[place], values[reversed]) = (values[reversed], values[place]);
            }
        }

        for (var half = 1; half < values.Length; half *= 2)
        {
            for (var first = 0; first < values.Length; first += 2 * half)
            {
                for (var place = 0; place < half; place++)
                {
                    var turn = place * (Window / 2 / half);
                    var (even, odd) = (
                        values[first + place], Product(values[first + place + half], Cosine(turn), -Cosine(turn - (Window / 4))));
                    (values[first + place], values[first + place + half]) = (even + odd, even - odd);
                }
            }
        }
    }

    /// <summary>a (c + i s), written out: the library's own product may be another on other processors.</summary>
    private static Complex Product(Complex a, double c, double s) =>
        new((a.Real * c) - (a.Imaginary * s), (a.Real * s) + (a.Imaginary * c));

    private static double Square(Complex value) => (value.Real * value.Real) + (value.Imaginary * value.Imaginary);

    private static readonly double[] Cosines = [.. Enumerable.Range(0, Window)
        .Select(place => (double)(float)Math.Cos(2 * Math.PI * place / Window))];

    /// <summary>Cosine of so many parts of a window's full turn.</summary>
    private static double Cosine(int place) => Cosines[(place + Window) % Window];

    private static float Edge(int edge, int rate, int bands)
    {
        static double Mel(double frequency) => 2595 * Math.Log10(1 + (frequency / 700));
        return (float)(700 * (Math.Pow(10, Mel(rate / 2.0) * edge / (bands + 1) / 2595) - 1));
    }
}
