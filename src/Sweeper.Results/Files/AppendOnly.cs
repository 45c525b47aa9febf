using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sweeper.Results.Files;

/// <summary>
/// O_APPEND, which .NET's <see cref="FileMode.Append"/> is not: it only begins at the end, and writes where it thinks the end is.
/// </summary>
internal static partial class AppendOnly
{
    private const int GetFlags = 3;
    private const int SetFlags = 4;

    /// <summary>Of Linux on x86-64 and arm64.</summary>
    private const int Append = 0x400;

    /// <summary>
    /// From here on all that is written to an open file goes to its end, wherever that is then. Throws <see cref="IOException"/>.
    /// </summary>
    public static void Set(SafeFileHandle file, string path)
    {
        if (OperatingSystem.IsLinux() && Control(file, SetFlags, Control(file, GetFlags, 0) | Append) != 0)
        {
            throw new IOException($"fcntl failed : '{path}'", Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafeFileHandle file, int command, int argument);
}
