using System.Collections.Immutable;

namespace Sweeper.Core.Journal;

/// <summary>What two numerics classes differ in, part by part: whole classes are too long to be compared by eye.</summary>
public static class NumericsDifference
{
    private const string Separator = ", ", None = "none";

    private static readonly string[] Devices = ["cpu", "cuda"];

    /// <summary>Versions stand in every class; the other parts follow from the device, and say nothing more where devices differ.</summary>
    private static readonly string[] OfAnyDevice = ["torch", "TorchSharp"];

    /// <summary>`lanes 1 / none, MKL compatible / MKL auto strict`: of each part that differs, one's before the other's.</summary>
    public static string Of(string one, string other)
    {
        var (first, second) = (Parts(one), Parts(other));
        var isOneDevice = KindOf(first) == KindOf(second);
        return string.Join(Separator, first.Keys.Union(second.Keys)
            .Where(key => isOneDevice || key == Devices[0] || OfAnyDevice.Contains(key))
            .Select(key => (One: first.GetValueOrDefault(key, None), Other: second.GetValueOrDefault(key, None)))
            .Where(part => part.One != part.Other)
            .Select(part => $"{part.One} / {part.Other}"));
    }

    /// <summary>The same against that of several classes which differs in least.</summary>
    public static string OfNearest(string one, ImmutableArray<string> others) =>
        others.Select(other => Of(one, other)).MinBy(difference => difference.Length)!;

    private static string KindOf(Dictionary<string, string> parts) => parts.GetValueOrDefault(Devices[0], "").Split(' ')[0];

    /// <summary>Parts by what they are about, which is their first word, or the last one after a number (`2 threads`).</summary>
    private static Dictionary<string, string> Parts(string numerics)
    {
        var parts = new Dictionary<string, string>();
        foreach (var part in numerics.Split(Separator))
        {
            var words = part.Split(' ');
            var about = char.IsAsciiDigit(part.FirstOrDefault()) ? words[^1] : words[0];
            parts.TryAdd(Devices.Contains(about) ? Devices[0] : about, part);
        }

        return parts;
    }
}
