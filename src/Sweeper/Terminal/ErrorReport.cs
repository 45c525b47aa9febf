using System.Net.Sockets;
using Sweeper.Core.Errors;

namespace Sweeper.Terminal;

/// <summary>Faults as users see them: one message with place and remedy, no stack trace.</summary>
internal static class ErrorReport
{
    /// <summary>Writes a fault and returns the exit code that goes with it.</summary>
    public static ExitCode Write(TextWriter error, Exception exception)
    {
        var fault = AsSweepException(exception);
        error.WriteLine($"error: {fault.Message}");
        if (fault.Place is not null)
        {
            error.WriteLine(Indent(fault.Place));
        }

        if (fault.Remedy is not null)
        {
            error.WriteLine($"  {fault.Remedy}");
        }

        return fault.ExitCode;
    }

    private static SweepException AsSweepException(Exception exception) => exception switch
    {
        SweepException { ExitCode: ExitCode.Internal, InnerException: { } cause } fault when IsTracing =>
            new SweepException(fault.ExitCode, fault.Message, fault.Remedy, $"{fault.Place}\n{cause}".Trim()),
        SweepException fault => fault,
        AggregateException { InnerExceptions: [var only] } => AsSweepException(only),
        TypeInitializationException { InnerException: SweepException fault } => AsSweepException(fault),
        OperationCanceledException => new SweepException(ExitCode.Stopped, "stopped before it was done", "`sweeper run` continues."),
        IOException or UnauthorizedAccessException => new SweepException(
            ExitCode.Preflight, exception.Message, "Make the path readable and writable, free some space, and run again: what is committed is kept."),
        SocketException => new SweepException(ExitCode.Preflight, exception.Message, "Sweeper needs a free port on the loopback interface."),
        _ => new SweepException(
            ExitCode.Internal, $"{exception.GetType().Name}: {exception.Message}",
            "This is a defect of Sweeper; what is committed is kept. Set SWEEPER_TRACE=1 to see the whole trace, and report it.",
            IsTracing ? exception.ToString() : null),
    };

    private static bool IsTracing => Environment.GetEnvironmentVariable("SWEEPER_TRACE") is not null;

    private static string Indent(string text) => "  " + text.ReplaceLineEndings("\n").Replace("\n", "\n  ", StringComparison.Ordinal);
}
