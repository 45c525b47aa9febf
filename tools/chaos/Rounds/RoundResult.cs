namespace Sweeper.Chaos.Rounds;

/// <summary>What a round came to.</summary>
/// <param name="Took">From the first process to the end of the sweep.</param>
/// <param name="Complaints">What is not as promised.</param>
internal sealed record RoundResult(TimeSpan Took, IReadOnlyList<string> Complaints);
