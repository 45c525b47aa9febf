namespace Sweeper.Core.Experiments;

/// <summary>What a metric is, without computing it: enough to plan, validate, document and draw.</summary>
/// <param name="Name">Name in sweep files and in the `metric` column: snake_case.</param>
/// <param name="Version">Raised when its definition changes; rows of another version do not cover a trial.</param>
/// <param name="Doc">One or two sentences: definition, unit, source.</param>
/// <param name="RowsPerSnapshot">Rows that one trial writes at one step, from its point (for size estimates).</param>
public sealed record MetricDeclaration(string Name, int Version, string Doc, Func<Point, long> RowsPerSnapshot)
{
    /// <summary>Which values a network has at one step, in words; empty for a single one.</summary>
    public string Shape { get; init; } = "";

    /// <summary>Why a point has no value of it, in words that go on a sentence about it (`needs ...`); null where it has one.</summary>
    public Func<Point, string?> Lacks { get; init; } = _ => null;
}
