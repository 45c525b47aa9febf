using System.Collections.Immutable;
using Sweeper.Core.Sweeps.Identity;

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

    /// <summary>Dimension of the horizontal axis.</summary>
    public string? X { get; init; }

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

    /// <summary>Values that a dimension is held at or limited to, written as <see cref="Experiments.Value"/> writes them; `split: train` is one of these too.</summary>
    public ImmutableArray<FigureFilter> Where { get; init; } = [];

    /// <summary>Where it stands, for messages: file, line, column and a caret.</summary>
    public string Place { get; init; } = "figures";

    /// <summary>Name of the files, without extension.</summary>
    public string Name => GivenName ?? (X is not null ? $"{Metric}_against_{X}" : Kind is not null ? $"{Metric}_{Kind}" : Metric);

    /// <summary>By content; where it stands does not count.</summary>
    public bool Equals(FigureSpec? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>As it stands in a resolved sweep file: YAML in one line.</summary>
    public override string ToString()
    {
        (string Key, string? Text)[] entries =
        [
            ("metric", Word(Metric)), ("kind", Word(Kind)), ("name", Word(GivenName)), ("x", Word(X)), ("panels", Word(Panels)), ("rows", Word(Rows)),
            ("colour", Word(Colour)), ("seeds", Seeds ? "true" : null), ("log_x", Flag(LogX)), ("log_y", Flag(LogY)),
            ("where", Where.IsEmpty ? null : $"{{ {string.Join(", ", Where)} }}"),
        ];
        var said = entries.Where(entry => entry.Text is not null).ToList();
        return said.Count == 1 ? said[0].Text! : $"{{ {string.Join(", ", said.Select(entry => $"{entry.Key}: {entry.Text}"))} }}";
    }

    private static string? Word(string? word) => word is null ? null : ResolvedSweep.Word(word);

    private static string? Flag(bool? isSet) => isSet switch { null => null, true => "true", false => "false" };
}

/// <summary>Values that a figure shows of one dimension.</summary>
/// <param name="Dimension">A swept hyperparameter, or `split`, `component`, `index`, `member`.</param>
/// <param name="Values">At least one.</param>
public sealed record FigureFilter(string Dimension, ImmutableArray<string> Values)
{
    /// <summary>As it stands in a resolved sweep file.</summary>
    public override string ToString() => $"{Dimension}: [{string.Join(", ", Values.Select(Text))}]";

    private static string Text(string value) => value.StartsWith('[') ? value : CanonicalJson.Text(value);
}
