using System.Collections.Immutable;
using Sweeper.Results.Claims;
using Sweeper.Results.Query;

namespace Sweeper.Terminal;

/// <summary>Claims with what results answer.</summary>
internal static class ClaimReport
{
    /// <summary>For people: every claim with its verdict, what is expected and what was measured.</summary>
    public static void Write(TextWriter output, string sweep, CheckedClaims claims)
    {
        foreach (var (answer, mutated, tried) in claims.Claims)
        {
            output.WriteLine($"{Word(answer),-6} {answer.Claim.Title}");
            output.WriteLine($"       expected: {answer.Claim.Expected}");
            output.WriteLine($"       measured: {answer.Measured}");
            if (answer.Verdict != Verdict.Holds && answer.Claim.Cause is { } cause)
            {
                output.WriteLine($"       cause: {cause}");
            }

            foreach (var one in mutated)
            {
                output.WriteLine(one.Turns
                    ? $"       {one.Mutation}: {JsonLine.Word(one.Verdict)}, as it must not hold then"
                    : $"       {one.Mutation}: STILL HOLDS");
            }

            if (!tried.IsEmpty)
            {
                ImmutableArray<string> unnoticed = [.. tried.Where(one => !one.Turns).Select(one => $"{one.Mutation}")];
                output.WriteLine($"       tried {Quantity.Count(tried.Length, "change")}; "
                    + (unnoticed.IsEmpty ? "it holds after none" : $"it holds after: {string.Join(", ", unnoticed)}"));
            }
        }

        output.WriteLine(Summary(sweep, claims));
        if (claims.Pending > 0)
        {
            output.WriteLine($"{Quantity.Count(claims.Pending, "trial")} of it are not trained yet: `sweeper run` trains them");
        }
    }

    /// <summary>One line: how many hold, are near, fail.</summary>
    public static string Summary(string sweep, CheckedClaims claims)
    {
        var explained = claims.Claims.Count(claim => claim.Answer is { Verdict: Verdict.Fails, IsUnexplained: false });
        var skipped = claims.Claims.Length - claims.Count(Verdict.Holds);
        var unnoticed = claims.Claims.Sum(claim => claim.Mutated.Count(mutated => !mutated.Turns));
        return claims.Claims.IsEmpty
            ? $"{sweep}: nothing is claimed here (the key `expect` of the sweep file; a profile has its own)"
            : $"{sweep}: {Quantity.Count(claims.Claims.Length, "claim")}: {claims.Count(Verdict.Holds)} hold, {claims.Count(Verdict.Near)} "
                + $"near, {claims.Count(Verdict.Fails)} fail"
                    + (explained > 0 ? $" ({explained} for a stated cause)" : "")
                    + (claims.Claims.Any(claim => !claim.Mutated.IsEmpty)
                        ? $"; of {Quantity.Count(claims.Claims.Sum(claim => claim.Mutated.Length), "changed result")} {unnoticed} "
                            + "go unnoticed": "")
                    + (claims.AreMutated && skipped > 0
                        ? $"; {Quantity.Count(skipped, "claim")} not held against them: only those that hold are"
                        : "");
    }

    /// <summary>For scripts.</summary>
    public static void WriteJson(TextWriter output, string sweep, CheckedClaims claims) => JsonLine.Write(output, new
    {
        Sweep = sweep, claims.Folder, claims.Trials, claims.Pending,
        Holds = claims.Count(Verdict.Holds), Near = claims.Count(Verdict.Near), Fails = claims.Count(Verdict.Fails),
        Claims = claims.Claims.Select(claim => new
        {
            claim.Answer.Claim.Entry, Claim = claim.Answer.Claim.Statement, claim.Answer.Claim.Expected, claim.Answer.Verdict,
            claim.Answer.Claim.Cause,
            claim.Answer.Problem,
            Rows = claim.Answer.Rows.Select(row => new { row.Label, row.Ok, Value = Plain(row.Value), Expected = Plain(row.Expected),
                row.Tolerance, Se = row.Error, N = row.Count }),
            Mutated = claim.Mutated.Select(Plain), Tried = claim.Tried.Select(Plain),
        }),
    });

    /// <summary>The word for a verdict; a failure stands out.</summary>
    private static string Word(ClaimAnswer answer) => answer.Verdict switch
    {
        Verdict.Holds => "holds",
        Verdict.Near => "near",
        _ => "FAILS",
    };

    private static object Plain(MutatedAnswer answer) => new { Mutation = answer.Mutation.ToString(), answer.Verdict };

    private static object? Plain(object? value) =>
        value is null or bool or string or double or long or int or decimal ? value : ResultTable.Text(value);
}
