using System.Collections.Immutable;
using Sweeper.Core.Sweeps.Reading;

namespace Sweeper.Core.Errors;

/// <summary>
/// A fault that the user can mend. It becomes one message: what is wrong, where, what to do; never a stack trace.
/// </summary>
public sealed class SweepException : Exception
{
    /// <param name="exitCode">What the process exits with.</param>
    /// <param name="problem">What is wrong, in one sentence, naming the offending thing.</param>
    /// <param name="remedy">What to do about it, in one sentence.</param>
    /// <param name="place">Where: `file:line:column`, a path, a trial; may span lines (source line and caret).</param>
    /// <param name="inner">The cause, for the log only.</param>
    public SweepException(ExitCode exitCode, string problem, string? remedy = null, string? place = null, Exception? inner = null)
        : base(problem, inner)
    {
        ExitCode = exitCode;
        Remedy = remedy;
        Place = place;
    }

    /// <summary>What the process exits with.</summary>
    public ExitCode ExitCode { get; }

    /// <summary>What to do about it.</summary>
    public string? Remedy { get; }

    /// <summary>Where the fault is.</summary>
    public string? Place { get; }

    /// <summary>Further faults that were found together with this one, in order.</summary>
    public ImmutableArray<SweepException> Others { get; private init; } = [];

    /// <summary>Whether reading ended at the last of them: there may be more.</summary>
    public bool MayHaveMore { get; private init; }

    /// <summary>Where it is in a sweep file or argument; null elsewhere.</summary>
    internal SourcePlace? At { get; init; }

    /// <summary>Whether it only follows from another fault that is told.</summary>
    internal bool IsConsequence { get; init; }

    /// <summary>The same at a place, for putting it into order.</summary>
    internal SweepException Placed(SourcePlace? at) => new(ExitCode, Message, Remedy, Place, InnerException) { At = at };

    /// <summary>Several faults as one: the first, with the others after it.</summary>
    public static SweepException Together(ImmutableArray<SweepException> faults, bool mayHaveMore = false) => faults is [var first, _, ..]
        ? new SweepException(first.ExitCode, first.Message, first.Remedy, first.Place, first.InnerException)
        {
            At = first.At, Others = faults[1..], MayHaveMore = mayHaveMore,
        }
        : faults[0];
}
