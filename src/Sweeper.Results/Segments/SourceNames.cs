using Sweeper.Core.Measurements;

namespace Sweeper.Results.Segments;

/// <summary>How the column `source` spells where a value comes from.</summary>
internal static class SourceNames
{
    /// <summary>As stored.</summary>
    public static string Of(MeasurementSource source) => source switch
    {
        MeasurementSource.Run => "run",
        MeasurementSource.Theory => "theory",
        _ => "discrepancy",
    };

    /// <summary>As read; throws <see cref="FormatException"/> for another word.</summary>
    public static MeasurementSource Parse(ReadOnlySpan<char> name) => name switch
    {
        "run" => MeasurementSource.Run,
        "theory" => MeasurementSource.Theory,
        "discrepancy" => MeasurementSource.Discrepancy,
        _ => throw new FormatException($"unknown source '{name}'"),
    };
}
