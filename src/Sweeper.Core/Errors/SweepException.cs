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
}
