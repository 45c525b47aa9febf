using System.Runtime.InteropServices;

namespace Sweeper.Running;

/// <summary>
/// Whose are the files that this program makes: their owner's alone (files 0600, folders 0700), whatever makes them, libraries
/// included, and whatever the shell's umask is. Files that a person asks for elsewhere have the modes of that person's other files.
/// </summary>
internal static partial class PrivateFiles
{
    /// <summary>Of group and others nothing, of the owner all that is asked for: 077.</summary>
    private const uint OwnerAlone = 63;

    /// <summary>Of others nothing, of its group that it may read: 027.</summary>
    private const uint OwnerAndReaders = 23;

    private static uint? usual;

    /// <summary>From here on; processes that are started inherit it.</summary>
    public static void Begin()
    {
        if (!OperatingSystem.IsWindows())
        {
            usual ??= Mask(OwnerAlone);
        }
    }

    /// <summary>
    /// From here on what this process makes can be read by the group of the folder that it is in, too (0640, 0750): a team asked for
    /// it.
    /// </summary>
    public static void ShareWithGroup()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = Mask(OwnerAndReaders);
        }
    }

    /// <summary>
    /// Until it is disposed what this process makes is as the person's umask says: for an output that was named on the command line.
    /// </summary>
    public static IDisposable ForOutput() => new Scope(usual);

    private sealed class Scope : IDisposable
    {
        private readonly uint? before;

        public Scope(uint? mask) => before = mask is { } asked ? Mask(asked) : null;

        public void Dispose()
        {
            if (before is { } mask)
            {
                _ = Mask(mask);
            }
        }
    }

    /// <summary>umask(2): sets it for the whole process, returns what it was.</summary>
    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint Mask(uint mask);
}
