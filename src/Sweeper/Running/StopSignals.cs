using System.Runtime.InteropServices;
using Sweeper.Core.Errors;

namespace Sweeper.Running;

/// <summary>
/// Ctrl-C and the signals of schedulers: the first one asks for a clean stop, a second Ctrl-C ends the process at once.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private const int Usr1 = 10;
    private const int Usr2 = 12;

    private readonly CancellationTokenSource requested = new();
    private readonly PosixSignalRegistration[] registrations;
    private Action? stop;
    private int received;

    /// <summary>Listens from now on.</summary>
    public StopSignals() => registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Receive(context, ExitCode.Stopped)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Receive(context, ExitCode.Preempted)),
        PosixSignalRegistration.Create((PosixSignal)Usr1, context => Receive(context, ExitCode.Preempted)),
        PosixSignalRegistration.Create((PosixSignal)Usr2, context => Receive(context, ExitCode.Preempted)),
    ];

    /// <summary>What to exit with after a stop: asked for by a person, or by a scheduler that should requeue.</summary>
    public ExitCode ExitCode { get; private set; } = ExitCode.Stopped;

    /// <summary>Whether a stop was asked for.</summary>
    public bool IsStopping => Volatile.Read(ref received) > 0;

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => requested.Token;

    /// <summary>As if a scheduler had sent a signal: whoever started this process is gone.</summary>
    public void Request(ExitCode exitCode)
    {
        if (Interlocked.Increment(ref received) == 1)
        {
            ExitCode = exitCode;
            stop?.Invoke();
            requested.Cancel();
        }
    }

    /// <summary>What the first signal does; done at once when it has come already.</summary>
    public void OnFirst(Action action)
    {
        stop = action;
        if (IsStopping)
        {
            action();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in registrations)
        {
            registration.Dispose();
        }

        requested.Dispose();
    }

    private void Receive(PosixSignalContext context, ExitCode exitCode)
    {
        context.Cancel = true;
        if (IsStopping && context.Signal == PosixSignal.SIGINT)
        {
            Environment.Exit((int)ExitCode.Killed);
        }

        Request(exitCode);
    }
}
