using System.Collections.Immutable;
using Sweeper.Core.Sweeps.Claims;

namespace Sweeper.Results.Claims;

/// <summary>What the results of a sweep answer to a claim.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Rows">Rows of its SELECT, in order; none where it could not be answered.</param>
/// <param name="Problem">Why it could not be answered, else null.</param>
public sealed record ClaimAnswer(Claim Claim, ImmutableArray<ClaimRow> Rows, string? Problem = null)
{
    private const int MostShown = 30;

    /// <summary>What follows from the rows.</summary>
    public Verdict Verdict { get; } = Rows.IsEmpty ? Verdict.Fails
        : Rows.All(row => row.Ok is true) ? Verdict.Holds
        : Rows.All(row => row.Ok is true || row.IsNear) ? Verdict.Near : Verdict.Fails;

    /// <summary>Whether it is missed for no stated cause.</summary>
    public bool IsUnexplained => Verdict == Verdict.Fails && Claim.Cause is null;

    /// <summary>The numbers that decide, as people read them; with what each is held against, where the rows say so.</summary>
    public string Measured => Problem ?? (Rows.IsEmpty ? "nothing"
        : string.Join(", ", Deciding.Take(MostShown).Select(row => row.Text))
            + (Deciding.Count() is > MostShown and var all ? $", .. ({all} in all)" : ""));

    /// <summary>The rows that decide: those that are not as claimed, or all of a claim that holds.</summary>
    public IEnumerable<ClaimRow> Deciding => Verdict == Verdict.Holds ? Rows : Rows.Where(row => row.Ok is not true);
}
