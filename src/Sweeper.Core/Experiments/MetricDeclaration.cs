using System.Text.RegularExpressions;

namespace Sweeper.Core.Experiments;

/// <summary>What a metric is, without computing it: enough to plan, validate, document and draw.</summary>
/// <param name="Name">Name in sweep files and in the `metric` column: snake_case.</param>
/// <param name="Version">Raised when its definition changes; rows of another version do not cover a trial.</param>
/// <param name="Doc">One or two sentences: definition, unit, source.</param>
/// <param name="RowsPerSnapshot">Rows that one trial writes at one step, from its point (for size estimates).</param>
public sealed partial record MetricDeclaration(string Name, int Version, string Doc, Func<Point, long> RowsPerSnapshot)
{
    /// <summary>Which values a network has at one step, in words, the component before the index: `one a pair of networks and weight matrix`; empty for a single one.</summary>
    public string Shape { get; init; } = "";

    /// <summary>Which of its values are better: the order in which points are listed.</summary>
    public MetricDirection Better { get; init; }

    /// <summary>The split that is meant where none is named, of those it is measured on.</summary>
    public string UsualSplit { get; init; } = StandardSplit;

    /// <summary>The usual split of metrics that do not say another: what a network makes of examples that it has not seen.</summary>
    public const string StandardSplit = "validation";

    /// <summary>Why a point has no value of it, in words that go on a sentence about it (`needs ...`); null where it has one.</summary>
    public Func<Point, string?> Lacks { get; init; } = _ => null;

    /// <summary>What its index counts, where it has several: the last word of its shape (`mode`, `rank`, `example`); else `index`.</summary>
    public string IndexName => Words() is { Length: > 0 } words && Shape.Contains(And, StringComparison.Ordinal) ? words[^1] : "index";

    /// <summary>What its components are, where it has several: the first word of its shape that is not the split; else `component`.</summary>
    public string ComponentName => Words().FirstOrDefault(word => word != "split") ?? "component";

    private const string And = " and ";

    private string[] Words() => Remark().Replace(Shape, "").Split([", ", And], StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex("^one an? | \\([^)]*\\)", RegexOptions.CultureInvariant)]
    private static partial Regex Remark();
}
