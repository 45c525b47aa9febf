using System.Collections.Immutable;
using System.Globalization;
using Sweeper.Core.Experiments;

namespace Sweeper.Core.Measurements;

/// <summary>Which one number stands for a curve: a value of it, or the step of one.</summary>
public abstract record Reduction
{
    private const string CrossingWord = "crossing(";
    private const string StepWord = "step=";

    private Reduction()
    {
    }

    /// <summary>Those that are one word.</summary>
    public static ImmutableArray<string> Words { get; } = ["final", "minimum", "maximum", "argmin_step", "argmax_step"];

    /// <summary>How it may be written, for messages.</summary>
    public static string Known => $"{string.Join(", ", Words)}, step=N, crossing(value)";

    /// <summary>Whether the number is a training step and not a value of the metric.</summary>
    public bool IsStep => this is ArgMinimum or ArgMaximum or Crossing;

    /// <summary>Whether the best of such numbers is the largest: as the metric says, else as the reduction does.</summary>
    public bool LargestFirst(MetricDirection better) =>
        !IsStep && (better == MetricDirection.Higher || (better == MetricDirection.None && this is Maximum));

    /// <summary>
    /// As it is written in sweep files and on command lines; null for a text that is none. `min`, `max` and a bare step are understood.
    /// </summary>
    public static Reduction? Parse(string text) => text switch
    {
        "final" => new Final(),
        "min" or "minimum" => new Minimum(),
        "max" or "maximum" => new Maximum(),
        "argmin_step" => new ArgMinimum(),
        "argmax_step" => new ArgMaximum(),
        _ when text.StartsWith(CrossingWord, StringComparison.Ordinal) && text.EndsWith(')') => double.TryParse(
            text.AsSpan(CrossingWord.Length..^1), NumberStyles.Float, CultureInfo.InvariantCulture,
            out var level) && double.IsFinite(level) ? new Crossing(level) : null,
        _ => long.TryParse(
            text.StartsWith(StepWord, StringComparison.Ordinal) ? text[StepWord.Length..] : text, NumberStyles.None,
            CultureInfo.InvariantCulture, out var step)
            ? new At(step) : null,
    };

    /// <summary>In names of files: a word without the number in it.</summary>
    public string Word => this switch
    {
        Crossing => "crossing",
        At at => string.Create(CultureInfo.InvariantCulture, $"step_{at.Step}"),
        _ => ToString(),
    };

    /// <summary>The quantity in a few words, for the side of a panel whose headline has all of them.</summary>
    public string Brief(string metric) => this switch
    {
        Minimum or Maximum => Describe(metric),
        ArgMinimum => "step of the minimum",
        ArgMaximum => "step of the maximum",
        Crossing => "step of the crossing",
        _ => metric,
    };

    /// <summary>The quantity in words: `smallest loss`, `step of the smallest loss`, `loss at the end`.</summary>
    public string Describe(string metric) => this switch
    {
        Minimum => $"smallest {metric}",
        Maximum => $"largest {metric}",
        ArgMinimum => $"step of the smallest {metric}",
        ArgMaximum => $"step of the largest {metric}",
        Crossing crossing => string.Create(CultureInfo.InvariantCulture, $"first step at which {metric} crosses {crossing.Level}"),
        At at => string.Create(CultureInfo.InvariantCulture, $"{metric} at step {at.Step}"),
        _ => $"{metric} at the end",
    };

    /// <inheritdoc/>
    public sealed override string ToString() => this switch
    {
        Minimum => "minimum",
        Maximum => "maximum",
        ArgMinimum => "argmin_step",
        ArgMaximum => "argmax_step",
        Crossing crossing => string.Create(CultureInfo.InvariantCulture, $"{CrossingWord}{crossing.Level:R})"),
        At at => string.Create(CultureInfo.InvariantCulture, $"{StepWord}{at.Step}"),
        _ => "final",
    };

    /// <summary>The value at the last step; none when the trial diverged before.</summary>
    public sealed record Final : Reduction;

    /// <summary>The value at one step.</summary>
    public sealed record At(long Step) : Reduction;

    /// <summary>The smallest value.</summary>
    public sealed record Minimum : Reduction;

    /// <summary>The largest value.</summary>
    public sealed record Maximum : Reduction;

    /// <summary>The first step that has the smallest value.</summary>
    public sealed record ArgMinimum : Reduction;

    /// <summary>The first step that has the largest value.</summary>
    public sealed record ArgMaximum : Reduction;

    /// <summary>
    /// The first measured step at which the curve has reached a level, from whichever side it began; none when it never does.
    /// </summary>
    public sealed record Crossing(double Level) : Reduction;
}
