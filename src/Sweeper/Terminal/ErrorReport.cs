using System.Net.Sockets;
using Sweeper.Core.Errors;

namespace Sweeper.Terminal;

/// <summary>Faults as users see them: one message with place and remedy, no stack trace.</summary>
internal static class ErrorReport
{
    /// <summary>Writes a fault and returns the exit code that goes with it.</summary>
    public static ExitCode Write(TextWriter error, Exception exception)
    {
        var first = AsSweepException(exception);
        Write(error, first);
        foreach (var other in first.Others)
        {
            error.WriteLine();
            Write(error, other);
        }

        if (!first.Others.IsEmpty)
        {
            error.WriteLine();
            error.WriteLine($"{first.Others.Length + 1} errors{(first.MayHaveMore ? ", and there may be more" : "")}; nothing was started");
        }

        return first.ExitCode;
    }

    private static void Write(TextWriter error, SweepException fault)
    {
        error.WriteLine($"error: {fault.Message}");
        if (fault.Place is not null)
        {
            error.WriteLine(Indent(fault.Place));
        }

        if (fault.Remedy is not null)
        {
            error.WriteLine($"  {fault.Remedy}");
        }
    }

    private static SweepException AsSweepException(Exception exception) => exception switch
    {
        SweepException { ExitCode: ExitCode.Internal, InnerException: { } cause } fault when IsTracing =>
            new SweepException(fault.ExitCode, fault.Message, fault.Remedy, $"{fault.Place}\n{cause}".Trim()),
        SweepException fault => fault,
        AggregateException { InnerExceptions: [var only] } => AsSweepException(only),
        TypeInitializationException { InnerException: SweepException fault } => AsSweepException(fault),
        OperationCanceledException => new SweepException(ExitCode.Stopped, "stopped before it was done", "`sweeper run` continues."),
        UnauthorizedAccessException => new SweepException(
            ExitCode.Preflight, exception.Message,
            "Its owner can share it (`chmod -R g+rX <folder>` for a group); if that is you, make it readable and writable."),
        IOException => new SweepException(
            ExitCode.Preflight, exception.Message,
            "Make the path readable and writable, free some space, and run again: what is committed is kept."),
        SocketException => new SweepException(ExitCode.Preflight, exception.Message,
            "`sweeper run` needs a free port on the loopback interface, other verbs one where --bind says."),
        _ => new SweepException(
            ExitCode.Internal, $"{exception.GetType().Name}: {exception.Message}",
            "This is a defect of Sweeper; what is committed is kept. Set SWEEPER_TRACE=1 to see the whole trace, and report it.",
            IsTracing ? exception.ToString() : null),
    };

    private static bool IsTracing => Environment.GetEnvironmentVariable("SWEEPER_TRACE") is not null;

    private static string Indent(string text) => "  " + text.ReplaceLineEndings("\n").Replace("\n", "\n  ", StringComparison.Ordinal);
}
