namespace Sweeper.Results.Figures.Selection;

/// <summary>A component `group: part`, such as `class 1, student: mode 2`; without a colon it is a part of the unnamed group.</summary>
internal sealed record ComponentName(string Group, string Part)
{
    private const string Separator = ": ";

    /// <summary>Of a component of a metric.</summary>
    public static ComponentName Of(SeriesPart part) => part.Component.IndexOf(Separator, StringComparison.Ordinal) is >= 0 and var at
        ? new ComponentName(part.Component[..at], part.Component[(at + Separator.Length)..])
        : new ComponentName("", part.Component);
}
