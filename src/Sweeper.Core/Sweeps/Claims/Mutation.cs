using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Sweeper.Core.Sweeps.Reading;

namespace Sweeper.Core.Sweeps.Claims;

/// <summary>
/// A change of results under which a claim must not hold: what a mistake in a setting, a metric or an experiment would do to them.
/// Written as a few words, and read back from them.
/// </summary>
public abstract partial record Mutation
{
    /// <summary>All forms, for messages and documentation.</summary>
    public static ImmutableArray<string> Forms { get; } =
    [
        "shuffle seeds", "swap splits", "untrained", "scale METRIC by X", "drop METRIC index I", "drop METRIC component NAME",
        "reverse METRIC", "rotate HYPERPARAMETER", "rotate index of METRIC", "rotate component of METRIC", "shuffle component of METRIC",
    ];

    private Mutation()
    {
    }

    /// <summary>The metric that it changes; null where it changes all.</summary>
    public virtual string? OfMetric => null;

    /// <summary>Reads one; null for other words.</summary>
    public static Mutation? Parse(string text) => text switch
    {
        "shuffle seeds" => new ShuffleSeeds(),
        "swap splits" => new SwapSplits(),
        "untrained" => new Untrained(),
        _ when Scaled().Match(text) is { Success: true } scaled && Factor(scaled.Groups[2].Value) is { } factor =>
            new Scale(scaled.Groups[1].Value, factor),
        _ when Dropped().Match(text) is { Success: true } dropped => dropped.Groups[2].Value == "index"
            ? int.TryParse(dropped.Groups[3].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                ? new DropIndex(dropped.Groups[1].Value, index) : null
            : new DropComponent(dropped.Groups[1].Value, dropped.Groups[3].Value),
        _ when Reversed().Match(text) is { Success: true } reversed => new Reverse(reversed.Groups[1].Value),
        _ when PartRotated().Match(text) is { Success: true } rotated => new RotatePart(rotated.Groups[1].Value, rotated.Groups[2].Value),
        _ when ComponentShuffled().Match(text) is { Success: true } shuffled => new ShuffleComponents(shuffled.Groups[1].Value),
        _ when Rotated().Match(text) is { Success: true } rotated => new Rotate(rotated.Groups[1].Value),
        _ => null,
    };

    /// <summary>
    /// The change that was meant by a misspelt one: a form without names, or one whose first word is misspelt; else null.
    /// </summary>
    public static string? Nearest(string text)
    {
        var (first, rest) = text.Split(' ', 2) is [var head, var tail] ? (head, " " + tail) : (text, "");
        return NearestName.Find(first, Forms.Select(form => form.Split(' ')[0]).Distinct()) is { } verb && verb != first
            && Parse(verb + rest) is { } mended
            ? mended.ToString()
            : NearestName.Find(text, Forms.Where(form => !form.Any(char.IsUpper)));
    }

    private static double? Factor(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) && factor > 0 && double.IsFinite(factor)
            ? factor : null;

    [GeneratedRegex("^scale ([a-z0-9_]+) by ([0-9.e+-]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Scaled();

    [GeneratedRegex("^drop ([a-z0-9_]+) (index|component) (.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Dropped();

    [GeneratedRegex("^reverse ([a-z0-9_]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Reversed();

    [GeneratedRegex("^rotate (index|component) of ([a-z0-9_]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex PartRotated();

    [GeneratedRegex("^shuffle component of ([a-z0-9_]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex ComponentShuffled();

    [GeneratedRegex("^rotate ([a-z0-9_]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Rotated();

    /// <summary>
    /// Results are dealt to other points: with every seed from a point further on, so that a point has results of several.
    /// </summary>
    public sealed record ShuffleSeeds : Mutation
    {
        /// <inheritdoc/>
        public override string ToString() => "shuffle seeds";
    }

    /// <summary>Training and validation are taken for each other.</summary>
    public sealed record SwapSplits : Mutation
    {
        /// <inheritdoc/>
        public override string ToString() => "swap splits";
    }

    /// <summary>All stays as it was at its first measurement: nothing is learned.</summary>
    public sealed record Untrained : Mutation
    {
        /// <inheritdoc/>
        public override string ToString() => "untrained";
    }

    /// <summary>All values of a metric times a number.</summary>
    /// <param name="Metric">The metric.</param>
    /// <param name="By">The number; positive.</param>
    public sealed record Scale(string Metric, double By) : Mutation
    {
        /// <inheritdoc/>
        public override string OfMetric => Metric;

        /// <inheritdoc/>
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"scale {Metric} by {By}");
    }

    /// <summary>One index (mode, rank, example) of a metric was not measured.</summary>
    /// <param name="Metric">The metric.</param>
    /// <param name="Index">From 0.</param>
    public sealed record DropIndex(string Metric, int Index) : Mutation
    {
        /// <inheritdoc/>
        public override string OfMetric => Metric;

        /// <inheritdoc/>
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"drop {Metric} index {Index}");
    }

    /// <summary>One component of a metric was not measured.</summary>
    /// <param name="Metric">The metric.</param>
    /// <param name="Component">Its name.</param>
    public sealed record DropComponent(string Metric, string Component) : Mutation
    {
        /// <inheritdoc/>
        public override string OfMetric => Metric;

        /// <inheritdoc/>
        public override string ToString() => $"drop {Metric} component {Component}";
    }

    /// <summary>A metric's curves run backwards: its first measurement is its last one.</summary>
    /// <param name="Metric">The metric.</param>
    public sealed record Reverse(string Metric) : Mutation
    {
        /// <inheritdoc/>
        public override string OfMetric => Metric;

        /// <inheritdoc/>
        public override string ToString() => $"reverse {Metric}";
    }

    /// <summary>
    /// A wrong setting: what was trained with a value of a hyperparameter is taken for its next value, the last one's for the first.
    /// </summary>
    /// <param name="Name">A swept hyperparameter.</param>
    public sealed record Rotate(string Name) : Mutation
    {
        /// <inheritdoc/>
        public override string ToString() => $"rotate {Name}";
    }

    /// <summary>Parts of a metric are taken for each other: each for the next one, the last for the first.</summary>
    /// <param name="Part">`index` or `component`.</param>
    /// <param name="Metric">The metric.</param>
    public sealed record RotatePart(string Part, string Metric) : Mutation
    {
        /// <inheritdoc/>
        public override string OfMetric => Metric;

        /// <inheritdoc/>
        public override string ToString() => $"rotate {Part} of {Metric}";
    }

    /// <summary>
    /// Components of a metric are mixed: with every index (example, pixel, mode) a number comes from a component further on.
    /// </summary>
    /// <param name="Metric">The metric.</param>
    public sealed record ShuffleComponents(string Metric) : Mutation
    {
        /// <inheritdoc/>
        public override string OfMetric => Metric;

        /// <inheritdoc/>
        public override string ToString() => $"shuffle component of {Metric}";
    }
}
