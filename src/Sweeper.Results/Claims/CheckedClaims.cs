using System.Collections.Immutable;
using Sweeper.Core.Sweeps;
using Sweeper.Core.Sweeps.Claims;

namespace Sweeper.Results.Claims;

/// <summary>All claims about a results folder, with what it answers.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Trials">Committed trials.</param>
/// <param name="Pending">Trials that are asked for and not committed.</param>
/// <param name="Claims">In the order of the file.</param>
/// <param name="AreMutated">Whether those that hold were held against changed results.</param>
public sealed record CheckedClaims(string Folder, long Trials, long Pending, ImmutableArray<CheckedClaim> Claims, bool AreMutated = false)
{
    /// <summary>
    /// Asks a folder. Throws <see cref="Core.Errors.SweepException"/> (preflight) for one without results, or with damaged ones.
    /// </summary>
    /// <param name="plan">Whose claims.</param>
    /// <param name="folder">Its results.</param>
    /// <param name="mutate">Whether those that hold are held against changed results, too.</param>
    /// <param name="tryAll">Whether those that hold are asked after every change that applies to what they name, for information.</param>
    /// <param name="limits">What an answer may cost; null: the usual.</param>
    public static CheckedClaims Of(SweepPlan plan, string folder, bool mutate = false, bool tryAll = false, ClaimLimits? limits = null)
    {
        using var session = ClaimSession.Open(folder, limits);
        var (trials, pending) = session.CountTrials();
        ImmutableArray<MutatedAnswer> After(ClaimAnswer answer, IEnumerable<Mutation> mutations) => answer.Verdict != Verdict.Holds ? []
            : [.. mutations.Select(mutation => new MutatedAnswer(mutation, session.Ask(answer.Claim, mutation, plan.Derived).Verdict))];
        return new CheckedClaims(
            folder, trials, pending, [.. plan.Claims.Select(claim => session.Ask(claim)).Select(answer => new CheckedClaim(
                answer, After(answer, mutate ? answer.Claim.BreaksWhen : []),
                After(answer, tryAll ? session.ChangesOf(answer.Claim, plan) : [])))], mutate);
    }

    /// <summary>Number of claims with a verdict.</summary>
    public int Count(Verdict verdict) => Claims.Count(claim => claim.Answer.Verdict == verdict);

    /// <summary>Whether none fails for no stated cause, and none holds that should not.</summary>
    public bool IsGreen => !Claims.Any(claim => claim.Answer.IsUnexplained || claim.Mutated.Any(mutated => !mutated.Turns));
}

/// <summary>A claim with what results answer, and what they would if they were changed.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Mutated">One for each of its mutations; none where they were not tried.</param>
/// <param name="Tried">One for each change that applies to what it names; none where they were not tried.</param>
public sealed record CheckedClaim(ClaimAnswer Answer, ImmutableArray<MutatedAnswer> Mutated, ImmutableArray<MutatedAnswer> Tried);
