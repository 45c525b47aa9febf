using Sweeper.Core.Randomness;

namespace Sweeper.Training.Data;

/// <summary>
/// Drawn stand-in for handwritten zeros and ones: tilted elliptic rings and straight strokes of random place, size and thickness,
/// grey values in [0, 1] with edges one pixel wide. Every other picture is a stroke.
/// </summary>
internal static class RingsAndStrokes
{
    /// <summary>Pixels along a side.</summary>
    public const int Side = 28;

    private const double Middle = (Side - 1) / 2.0;

    /// <summary>Pictures [examples, 784], row-major; example i is a ring where i is even, else a stroke.</summary>
    public static double[] Draw(CounterRandom stream, int examples)
    {
        var pictures = new double[examples * Side * Side];
        for (var example = 0; example < examples; example++)
        {
            var distance = example % 2 == 0 ? Ring(ref stream) : Stroke(ref stream);
            for (var pixel = 0; pixel < Side * Side; pixel++)
            {
                pictures[example * Side * Side + pixel] = Math.Clamp(0.5 - distance(pixel % Side, pixel / Side), 0, 1);
            }
        }

        return pictures;
    }

    /// <summary>Distance from the ink of an ellipse, negative inside, to first order.</summary>
    private static Func<double, double, double> Ring(ref CounterRandom stream)
    {
        var place = Turned(ref stream, tilt: Math.PI);
        double wide = Between(ref stream, 6, 9.5), narrow = Between(ref stream, 4, 7), ink = Between(ref stream, 0.7, 1.4);
        return (x, y) =>
        {
            var (along, across) = place(x, y);
            var radius = Math.Sqrt(along * along / (wide * wide) + across * across / (narrow * narrow));
            var slope = Math.Sqrt(Math.Pow(along / (wide * wide), 2) + Math.Pow(across / (narrow * narrow), 2)) / Math.Max(radius, 1e-9);
            return Math.Abs(radius - 1) / Math.Max(slope, 1e-9) - ink;
        };
    }

    /// <summary>The same of an upright line segment that leans a little.</summary>
    private static Func<double, double, double> Stroke(ref CounterRandom stream)
    {
        var place = Turned(ref stream, tilt: 0.6);
        double half = Between(ref stream, 6, 10), ink = Between(ref stream, 0.7, 1.6);
        return (x, y) =>
        {
            var (across, along) = place(x, y);
            return Math.Sqrt(across * across + Math.Pow(Math.Max(Math.Abs(along) - half, 0), 2)) - ink;
        };
    }

    /// <summary>Coordinates around a random place, turned by a random angle of at most <paramref name="tilt"/> either way.</summary>
    private static Func<double, double, (double, double)> Turned(ref CounterRandom stream, double tilt)
    {
        double left = Middle + stream.NextUniform(2), top = Middle + stream.NextUniform(2);
        var (sine, cosine) = Math.SinCos(stream.NextUniform(tilt));
        return (x, y) => (cosine * (x - left) + sine * (y - top), cosine * (y - top) - sine * (x - left));
    }

    private static double Between(ref CounterRandom stream, double low, double high) => low + (high - low) * stream.NextUnit();
}
