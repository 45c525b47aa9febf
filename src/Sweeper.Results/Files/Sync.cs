using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sweeper.Results.Files;

/// <summary>
/// fsync whose failure is seen. .NET 10 syncs in <see cref="FileStream.Flush(bool)"/> but swallows EIO, ENOSPC and
/// EDQUOT, and cannot open a folder at all; so libc is asked.
/// </summary>
internal static partial class Sync
{
    private const int CloseOnExec = 0x80000;

    /// <summary>Brings a file's bytes to the disk; throws <see cref="IOException"/> when that failed.</summary>
    public static void File(SafeFileHandle handle, string path)
    {
        if (OperatingSystem.IsWindows())
        {
            RandomAccess.FlushToDisk(handle);
        }
        else if (NativeSync(handle) != 0)
        {
            throw Failure("fsync", path);
        }
    }

    /// <summary>Brings a folder's entries (files made, renamed or removed in it) to the disk.</summary>
    public static void Folder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var handle = new SafeFileHandle(NativeOpen(path, CloseOnExec), ownsHandle: true);
        if (handle.IsInvalid)
        {
            throw Failure("open", path);
        }

        if (NativeSync(handle) != 0)
        {
            throw Failure("fsync", path);
        }
    }

    private static IOException Failure(string call, string path)
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException($"{new Win32Exception(error).Message} ({call} : '{path}')", error);
    }

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int NativeSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint NativeOpen(string path, int flags);
}
