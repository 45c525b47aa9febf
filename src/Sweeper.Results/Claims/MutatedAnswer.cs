using Sweeper.Core.Sweeps.Claims;

namespace Sweeper.Results.Claims;

/// <summary>What changed results answer to a claim that holds.</summary>
/// <param name="Mutation">The change.</param>
/// <param name="Verdict">What the claim is then; one that still holds says too little.</param>
public sealed record MutatedAnswer(Mutation Mutation, Verdict Verdict)
{
    /// <summary>Whether the claim noticed.</summary>
    public bool Turns => Verdict != Verdict.Holds;
}
