namespace Sweeper.Bench.Results;

/// <summary>What is asked of a row.</summary>
/// <param name="Words">What is compared.</param>
/// <param name="Limit">What is asked.</param>
/// <param name="AtLeast">Whether more is better.</param>
/// <param name="Unit">Behind the numbers.</param>
/// <param name="Measure">The number that is held against the limit; null where it was not measured.</param>
internal sealed record Bar(string Words, double Limit, bool AtLeast, string Unit, Func<RowResult, double?> Measure)
{
    /// <summary>
    /// What would be measured if every multiply-add unit were busy all the time: no program can do better. Null where that is not counted.
    /// </summary>
    public Func<RowResult, double?> Ceiling { get; init; } = _ => null;

    /// <summary>At least so many times.</summary>
    public static Bar Times(string words, double limit, Func<RowResult, double?> measure) =>
        new(words, limit, AtLeast: true, "times", measure);

    /// <summary>How a row does.</summary>
    public Verdict Of(RowResult row)
    {
        var measured = Measure(row);
        var isMet = row.Void is null && measured is { } value && (AtLeast ? value >= Limit : value <= Limit);
        return new Verdict(row.Row, Words, FormattableString.Invariant($"{(AtLeast ? "at least" : "at most")} {Limit:0.##} {Unit}"),
            row.Void is { } reason
                ? $"void: {reason}"
                : measured is { } number
                ? FormattableString.Invariant($"{number:0.##} {Unit}")
                : "not measured", isMet)
        {
            Ceiling = Ceiling(row) is { } ceiling ? FormattableString.Invariant($"{ceiling:0.#} {Unit}") : "",
        };
    }
}

/// <summary>A bar met or missed.</summary>
/// <param name="Row">Of which row.</param>
/// <param name="Words">What is compared.</param>
/// <param name="Asked">The limit, in words.</param>
/// <param name="Measured">What was measured, or why it does not count.</param>
/// <param name="IsMet">Whether it is met; a row that is void or was not measured misses its bars.</param>
internal sealed record Verdict(string Row, string Words, string Asked, string Measured, bool IsMet)
{
    /// <summary>What this machine's multiply-add units would allow at most; empty where that is not counted.</summary>
    public string Ceiling { get; init; } = "";
}
