using System.Runtime.InteropServices;

namespace Sweeper.Chaos.Processes;

/// <summary>Signals of Linux, by number.</summary>
internal static partial class Signal
{
    public const int Int = 2;
    public const int Kill = 9;
    public const int Usr1 = 10;
    public const int Usr2 = 12;
    public const int Term = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    /// <summary>What a process that died of <see cref="Kill"/> exits with, as .NET says it.</summary>
    public const int Killed = 128 + Kill;

    /// <summary>Sends one; a process that is gone hears nothing.</summary>
    public static void Send(int process, int signal) => _ = NativeKill(process, signal);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int NativeKill(int process, int signal);
}
