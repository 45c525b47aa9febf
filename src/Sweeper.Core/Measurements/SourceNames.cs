namespace Sweeper.Core.Measurements;

/// <summary>How files and tables spell where a value comes from.</summary>
public static class SourceNames
{
    private static readonly string[] Names = ["run", "theory", "discrepancy"];

    /// <summary>All words, in the order of <see cref="MeasurementSource"/>.</summary>
    public static IReadOnlyList<string> All => Names;

    /// <summary>As stored.</summary>
    public static string Of(MeasurementSource source) => Names[(int)source];

    /// <summary>As read; throws <see cref="FormatException"/> for another word.</summary>
    public static MeasurementSource Parse(ReadOnlySpan<char> name) => Find(name) ?? throw new FormatException($"unknown source '{name}'");

    /// <summary>As read; null for another word.</summary>
    public static MeasurementSource? Find(ReadOnlySpan<char> name)
    {
        for (var place = 0; place < Names.Length; place++)
        {
            if (name.SequenceEqual(Names[place]))
            {
                return (MeasurementSource)place;
            }
        }

        return null;
    }
}
