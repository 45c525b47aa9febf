using System.Collections.Immutable;
using System.Globalization;
using Sweeper.Core.Measurements;
using Sweeper.Core.Sweeps.Identity;
using Sweeper.Core.Sweeps.Reading;

namespace Sweeper.Core.Sweeps;

/// <summary>
/// One figure that is asked for. A bare name in a sweep file is a metric, drawn in the way that suits its shape; a table
/// says more. Whatever is null is chosen by what there is to draw. Equal when all is equal but the place.
/// </summary>
/// <param name="Metric">What is drawn.</param>
public sealed record FigureSpec(string Metric)
{
    /// <summary>Name of the files when it is not the standard one.</summary>
    public string? GivenName { get; init; }

    /// <summary>Kind of figure.</summary>
    public string? Kind { get; init; }

    /// <summary>Whose numbers are drawn: what was trained, what was predicted, or the logarithm of their ratio.</summary>
    public MeasurementSource Source { get; init; }

    /// <summary>Dimension of the horizontal axis.</summary>
    public string? X { get; init; }

    /// <summary>Dimension of the vertical axis of tiles.</summary>
    public string? Y { get; init; }

    /// <summary>Which number of every trial is drawn; null for the last one, or the whole curve.</summary>
    public Reduction? Reduce { get; init; }

    /// <summary>Whether means over seeds are geometric: of the logarithm.</summary>
    public bool IsGeometric { get; init; }

    /// <summary>Whether the variance over seeds is drawn, and no mean.</summary>
    public bool IsVariance { get; init; }

    /// <summary>The value of one dimension whose numbers are taken off those of its other values, at equal seeds; empty for none.</summary>
    public ImmutableArray<FigureFilter> Baseline { get; init; } = [];

    /// <summary>What is marked on every mean curve: <see cref="Reduction.Minimum"/>, <see cref="Reduction.Maximum"/>, or nothing.</summary>
    public Reduction? Mark { get; init; }

    /// <summary>Width of the bins of a histogram; null for one that suits the values.</summary>
    public double? Bin { get; init; }

    /// <summary>Dimension each value of which has a colour scale of its own.</summary>
    public string? ScaleBy { get; init; }

    /// <summary>Dimension of panels side by side.</summary>
    public string? Panels { get; init; }

    /// <summary>Dimension of panels one above the other.</summary>
    public string? Rows { get; init; }

    /// <summary>Dimension of colours.</summary>
    public string? Colour { get; init; }

    /// <summary>Whether single seeds are drawn under their mean.</summary>
    public bool Seeds { get; init; }

    /// <summary>Whether the horizontal axis is logarithmic.</summary>
    public bool? LogX { get; init; }

    /// <summary>Whether vertical axes are logarithmic.</summary>
    public bool? LogY { get; init; }

    /// <summary>
    /// Values that a dimension is held at or limited to, written as <see cref="Experiments.Value"/> writes them; `split: train` is one of
    /// these too.
    /// </summary>
    public ImmutableArray<FigureFilter> Where { get; init; } = [];

    /// <summary>Where it stands, for messages: file, line, column and a caret.</summary>
    public string Place => At?.ToString() ?? "figures";

    /// <summary>The same as a place of the text.</summary>
    internal SourcePlace? At { get; init; }

    /// <summary>Name of the files, without extension.</summary>
    public string Name => GivenName ?? string.Join('_', ((string?[])
    [
        Metric, WordOf(Source), IsVariance ? "variance" : null, Reduce is null or Reduction.Final ? null : Reduce.Word,
        Baseline.IsEmpty ? null : "difference", IsSummary ? null : Kind, X is null ? null : $"against_{X}",
    ]).OfType<string>());

    /// <summary>Whether an axis or the number drawn says all that the kind would.</summary>
    private bool IsSummary => Kind is "summary" or "final_value" && (X is not null || Reduce is not null || !Baseline.IsEmpty);

    /// <summary>Every dimension that it tells curves apart by.</summary>
    public IEnumerable<string> LaidOut =>
        ((string?[])[X, Y, Panels, Rows, Colour, ScaleBy]).OfType<string>().Concat(Baseline.Select(filter => filter.Dimension));

    /// <summary>Every dimension that it names.</summary>
    public IEnumerable<string> Named => LaidOut.Concat(Where.Select(filter => filter.Dimension));

    /// <summary>By content; where it stands does not count.</summary>
    public bool Equals(FigureSpec? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>As it stands in a resolved sweep file: YAML in one line.</summary>
    public override string ToString()
    {
        (string Key, string? Text)[] entries =
        [
            ("metric", Word(Metric)), ("source", WordOf(Source)), ("kind", Word(Kind)), ("name", Word(GivenName)),
            ("x", Word(X)), ("y", Word(Y)), ("reduce", Word(Reduce?.ToString())), ("mean", IsGeometric ? "geometric" : null),
            ("spread", IsVariance ? "variance" : null), ("baseline", Baseline.IsEmpty ? null : $"{{ {string.Join(", ", Baseline)} }}"),
            ("mark", Word(Mark?.ToString())), ("bin", Bin?.ToString("R", CultureInfo.InvariantCulture)), ("scale_by", Word(ScaleBy)),
            ("panels", Word(Panels)), ("rows", Word(Rows)), ("colour", Word(Colour)), ("seeds", Seeds ? "true" : null),
            ("log_x", Flag(LogX)), ("log_y", Flag(LogY)), ("where", Where.IsEmpty ? null : $"{{ {string.Join(", ", Where)} }}"),
        ];
        var said = entries.Where(entry => entry.Text is not null).ToList();
        return said.Count == 1 ? said[0].Text! : $"{{ {string.Join(", ", said.Select(entry => $"{entry.Key}: {entry.Text}"))} }}";
    }

    private static string? Word(string? word) => word is null ? null : ResolvedSweep.Word(word);

    private static string? WordOf(MeasurementSource source) => source == MeasurementSource.Run ? null : SourceNames.Of(source);

    private static string? Flag(bool? isSet) => isSet switch { null => null, true => "true", false => "false" };
}

/// <summary>Values that a figure shows of one dimension.</summary>
/// <param name="Dimension">A swept hyperparameter, or `split`, `component`, `index`, `member`.</param>
/// <param name="Values">At least one.</param>
public sealed record FigureFilter(string Dimension, ImmutableArray<string> Values)
{
    /// <summary>Whether nobody asked for them: they are what is usually shown.</summary>
    public bool IsUsual { get; init; }

    /// <summary>As it stands in a resolved sweep file.</summary>
    public override string ToString() => $"{Dimension}: [{string.Join(", ", Values.Select(Text))}]";

    private static string Text(string value) => value.StartsWith('[') ? value : CanonicalJson.Text(value);
}
