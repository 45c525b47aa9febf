using System.Collections.Immutable;
using Sweeper.Core.Sweeps.Reading;

namespace Sweeper.Core.Sweeps.Claims;

/// <summary>Something that is said of a sweep's results, and the question to them that decides it: an entry of `expect`.</summary>
/// <param name="Entry">What it belongs to: a panel, figure or table of the paper.</param>
/// <param name="Statement">What is said, in a sentence.</param>
/// <param name="Expected">Numbers of the paper, or of an independent computation.</param>
/// <param name="Sql">
/// One SELECT with the columns `ok` and `value`, and if it likes `expected`, `tolerance`, `se`, `n`: a row for each thing compared.
/// </param>
/// <param name="BreaksWhen">Changes of the results under which it must not hold; at least one.</param>
/// <param name="Cause">Why it is missed, where it is: explained, not tuned away.</param>
public sealed record Claim(string Entry, string Statement, string Expected, string Sql, ImmutableArray<Mutation> BreaksWhen, string? Cause)
{
    /// <summary>Where it stands, for messages: file, line, column and a caret.</summary>
    public string Place => At?.ToString() ?? SweepKeys.Expect.Name;

    /// <summary>The same as a place of the text.</summary>
    internal SourcePlace? At { get; init; }

    /// <summary>Where each of its changes stands.</summary>
    internal ImmutableDictionary<Mutation, SourcePlace> ChangesAt { get; init; } = ImmutableDictionary<Mutation, SourcePlace>.Empty;

    /// <summary>Where one of its changes stands, for messages.</summary>
    public string PlaceOf(Mutation mutation) => ChangesAt.GetValueOrDefault(mutation)?.ToString() ?? Place;

    /// <summary>Where a word of its SQL stands, for messages; its first occurrence, or where the SQL begins if it has none.</summary>
    public string PlaceOf(string word) => At?.Of(word, Sql).ToString() ?? Place;

    /// <summary>How a message refers to it.</summary>
    public string Title => $"{Entry}: {Statement}";
}
