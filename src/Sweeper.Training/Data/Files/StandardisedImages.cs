using static TorchSharp.torch;

namespace Sweeper.Training.Data.Files;

/// <summary>Images as inputs: each channel with mean 0 and variance 1 over the training images.</summary>
internal static class StandardisedImages
{
    /// <summary>Inputs [1, n, values] of the images at some positions, of which the first are for training.</summary>
    public static Tensor Of(ImageSet set, ImageShape shape, ReadOnlySpan<int> positions, int training, ScalarType type)
    {
        var area = shape.Side * shape.Side;
        var single = new float[type == ScalarType.Float64 ? 0 : positions.Length * shape.Values];
        var full = new double[type == ScalarType.Float64 ? positions.Length * shape.Values : 0];
        for (var channel = 0; channel < shape.Channels; channel++)
        {
            var values = Values(set, shape, positions[..training], channel);
            for (var image = 0; image < positions.Length; image++)
            {
                var (from, to) = (positions[image] * shape.Values + channel * area, image * shape.Values + channel * area);
                for (var pixel = 0; pixel < area; pixel++)
                {
                    var value = values[set.Pixels[from + pixel]];
                    if (full.Length > 0)
                    {
                        full[to + pixel] = value;
                    }
                    else
                    {
                        single[to + pixel] = (float)value;
                    }
                }
            }
        }

        long[] size = [1, positions.Length, shape.Values];
        return full.Length > 0 ? tensor(full, size) : tensor(single, size);
    }

    /// <summary>What each of the 256 pixel values becomes.</summary>
    private static double[] Values(ImageSet set, ImageShape shape, ReadOnlySpan<int> training, int channel)
    {
        var area = shape.Side * shape.Side;
        long sum = 0, squares = 0;
        foreach (var image in training)
        {
            foreach (var pixel in set.Pixels.AsSpan(image * shape.Values + channel * area, area))
            {
                sum += pixel;
                squares += pixel * pixel;
            }
        }

        var count = (double)training.Length * area;
        var mean = sum / count;
        var deviation = Math.Sqrt(squares / count - mean * mean);
        return [.. Enumerable.Range(0, 256).Select(pixel => (pixel - mean) / (deviation > 0 ? deviation : 1))];
    }
}
