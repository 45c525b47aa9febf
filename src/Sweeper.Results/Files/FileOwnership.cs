using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sweeper.Results.Files;

/// <summary>Whose an open file is, and who may do what with it; .NET knows only the latter, so libc is asked.</summary>
/// <param name="User">Number of its owner.</param>
/// <param name="Group">Number of its group.</param>
/// <param name="Mode">What owner, group and all others may do.</param>
public readonly partial record struct FileOwnership(uint User, uint Group, UnixFileMode Mode)
{
    // struct statx is the same on every processor: user, group and mode follow mask, block size, attributes and links.
    private const int StatWords = 64;
    private const int UserWord = 5;
    private const int GroupWord = 6;
    private const int CurrentFolder = -100;
    private const int EmptyPath = 0x1000;
    private const uint BasicFields = 0x7ff;
    private const int TooSmall = 34;

    /// <summary>The user that this process acts for.</summary>
    public static uint Self => EffectiveUser();

    /// <summary>Of an open file; null where files have no such owners (not on Linux).</summary>
    internal static unsafe FileOwnership? Of(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var found = stackalloc uint[StatWords];
        return Stat(file, "", EmptyPath, BasicFields, found) == 0
            ? new FileOwnership(found[UserWord], found[GroupWord], File.GetUnixFileMode(file))
            : throw new IOException("statx failed", Marshal.GetLastPInvokeError());
    }

    /// <summary>Of a file or folder, where a link leads; null where there are no such owners.</summary>
    internal static unsafe FileOwnership? Of(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var found = stackalloc uint[StatWords];
        return Stat(CurrentFolder, path, 0, BasicFields, found) == 0
            ? new FileOwnership(found[UserWord], found[GroupWord], File.GetUnixFileMode(path))
            : throw new IOException("statx failed", Marshal.GetLastPInvokeError());
    }

    /// <summary>Number of a group; null when this machine knows none of that name.</summary>
    public static unsafe uint? FindGroup(string name)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        // Room for the names of a group's members, of which there may be many.
        for (var room = 1 << 14; room <= 1 << 24; room *= 4)
        {
            GroupEntry found = default;
            var text = new byte[room];
            nint result;
            var error = FindGroup(name, &found, text, (nuint)room, &result);
            if (error != TooSmall)
            {
                return error == 0 && result != 0 ? found.Number : null;
            }
        }

        return null;
    }

    /// <summary>
    /// Gives an open file to a group that this process is in; throws <see cref="UnauthorizedAccessException"/> for another one.
    /// </summary>
    internal static void GiveTo(SafeFileHandle file, uint group)
    {
        if (ChangeOwner(file, uint.MaxValue, group) != 0)
        {
            throw new UnauthorizedAccessException("fchown failed");
        }
    }

    /// <summary>
    /// Gives a folder to a group that this process is in; throws <see cref="UnauthorizedAccessException"/> for another one.
    /// </summary>
    internal static void GiveTo(string folder, uint group)
    {
        if (ChangeOwner(folder, uint.MaxValue, group) != 0)
        {
            throw new UnauthorizedAccessException("chown failed");
        }
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Stat(SafeFileHandle file, string path, int flags, uint mask, uint* found);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Stat(int folder, string path, int flags, uint mask, uint* found);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "fchown", SetLastError = true)]
    private static partial int ChangeOwner(SafeFileHandle file, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "getgrnam_r", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int FindGroup(string name, GroupEntry* found, byte[] text, nuint room, nint* result);

    [StructLayout(LayoutKind.Sequential)]
    private struct GroupEntry
    {
        public nint Name;
        public nint Password;
        public uint Number;
        public nint Members;
    }
}
