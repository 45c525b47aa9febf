using System.Collections.Immutable;

namespace Sweeper.Core.Experiments;

/// <summary>What a metric is, without computing it: enough to plan, validate, document and draw.</summary>
/// <param name="Name">Name in sweep files and in the `metric` column: snake_case.</param>
/// <param name="Version">Raised when its definition changes; rows of another version do not cover a trial.</param>
/// <param name="Doc">One or two sentences: definition, unit, source.</param>
/// <param name="RowsPerSnapshot">Rows that one trial writes at one step, from its point (for size estimates).</param>
public sealed record MetricDeclaration(string Name, int Version, string Doc, Func<Point, long> RowsPerSnapshot)
{
    /// <summary>The usual split of metrics that do not say another: what a network makes of examples that it has not seen.</summary>
    public const string StandardSplit = "validation";

    /// <summary>Which values a network has at one step: one for each combination; none of them where it has a single one.</summary>
    public ImmutableArray<MetricDimension> Dimensions { get; init; } = [];

    /// <summary>Which of its values are better: the order in which points are listed.</summary>
    public MetricDirection Better { get; init; }

    /// <summary>The split that is meant where none is named, of those it is measured on.</summary>
    public string UsualSplit { get; init; } = StandardSplit;

    /// <summary>Why a point has no value of it, in words that go on a sentence about it (`needs ...`); null where it has one.</summary>
    public Func<Point, string?> Lacks { get; init; } = _ => null;

    /// <summary>What its index counts, where it has several (`mode`, `rank`, `example`); else `index`.</summary>
    public string IndexName => NameOf(MetricColumn.Index) ?? "index";

    /// <summary>What its components are, where it has several (`weight matrix`); else what its index counts; else `component`.</summary>
    public string ComponentName => NameOf(MetricColumn.Component) ?? NameOf(MetricColumn.Index) ?? "component";

    /// <summary>Its dimensions in words: `one a split, pair of networks and point of the line`.</summary>
    public string Shape
    {
        get
        {
            string[] names = [.. Dimensions.Select(dimension => dimension.Text)];
            return names switch
            {
                [] => "one",
                [var only] => $"one {Article(only)} {only}",
                [.. var first, var last] => $"one {Article(names[0])} {string.Join(", ", first)} and {last}",
            };
        }
    }

    private static string Article(string noun) => "aeiou".Contains(noun[0], StringComparison.Ordinal) ? "an" : "a";

    private string? NameOf(MetricColumn column) => Dimensions.FirstOrDefault(dimension => dimension.Column == column)?.Name;
}
