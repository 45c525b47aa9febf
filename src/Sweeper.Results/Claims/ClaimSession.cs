using System.Collections.Immutable;
using DuckDB.NET.Data;
using Sweeper.Core.Errors;
using Sweeper.Core.Sweeps;
using Sweeper.Core.Sweeps.Claims;
using Sweeper.Core.Sweeps.Predicates;
using Sweeper.Results.Folders;
using Sweeper.Results.Query;
using Sweeper.Results.Segments;

namespace Sweeper.Results.Claims;

/// <summary>
/// Asks one results folder what claims ask, in the <see cref="Sandbox"/> and within limits. Reads only, and takes no lock.
/// </summary>
public sealed class ClaimSession : IDisposable
{
    private const int WordsOfProblem = 300;

    private readonly DuckDBConnection connection;
    private readonly ClaimLimits limits;

    private ClaimSession(DuckDBConnection connection, ClaimLimits limits)
    {
        this.connection = connection;
        this.limits = limits;
    }

    /// <summary>
    /// Opens a folder. Throws <see cref="SweepException"/> (preflight) where there are no results, or where they are damaged.
    /// </summary>
    public static ClaimSession Open(string folder, ClaimLimits? limits = null)
    {
        limits ??= ClaimLimits.Usual;
        var results = new ResultFolder(folder);
        SegmentCheck.VerifyAll(results);
        return new ClaimSession(
            ResultViews.Open(results, connection =>
            {
                MutatedViews.Prepare(connection);
                Sandbox.Limit(connection, limits.Megabytes);
            }),
            limits);
    }

    /// <summary>What the results say.</summary>
    public ClaimAnswer Ask(Claim claim)
    {
        MutatedViews.Restore(connection);
        return Answer(claim);
    }

    /// <summary>What they would say if they were changed.</summary>
    /// <param name="claim">What is asked.</param>
    /// <param name="mutation">The change.</param>
    /// <param name="derived">Values that trials have because of others.</param>
    public ClaimAnswer Ask(Claim claim, Mutation mutation, ImmutableArray<DerivedValue> derived)
    {
        MutatedViews.Apply(connection, mutation, derived);
        return Answer(claim);
    }

    /// <summary>Every change of the list that can do something to what a claim names.</summary>
    internal IEnumerable<Mutation> ChangesOf(Claim claim, SweepPlan plan)
    {
        MutatedViews.Restore(connection);
        return ApplicableMutations.Of(connection, ComparedWords.In(connection, claim.Sql).Metrics, plan);
    }

    /// <summary>How many trials are committed, and how many are asked for and are not.</summary>
    internal (long Committed, long Pending) CountTrials()
    {
        var counts = ResultQuery.Run(
            connection, "SELECT count(*) FILTER (state <> 'pending'), count(*) FILTER (state = 'pending') FROM main.trials");
        return ((long)counts.Rows[0][0]!, (long)counts.Rows[0][1]!);
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    private ClaimAnswer Answer(Claim claim)
    {
        using var command = connection.CreateCommand();
        command.CommandText = ResultQuery.OneSelect(claim.Sql);
        using var expired = new CancellationTokenSource(limits.Time);
        using var ending = expired.Token.Register(command.Cancel);
        try
        {
            return new ClaimAnswer(claim, [.. ClaimRow.Of(ResultQuery.Read(command))]);
        }
        catch (OperationCanceledException)
        {
            return new ClaimAnswer(claim, [], FormattableString.Invariant($"not answered within {limits.Time.TotalSeconds:0.#} s"));
        }
        catch (DuckDBException fault)
        {
            return ResultViews.DamageBehind(fault, connection) is { } damage ? throw damage : new ClaimAnswer(claim, [], Problem(fault));
        }
    }

    private static string Problem(DuckDBException fault)
    {
        var said = fault.Message.Split("\n\nLINE ")[0].Trim();
        return said.Length > WordsOfProblem ? said[..WordsOfProblem] + " .." : said;
    }
}
