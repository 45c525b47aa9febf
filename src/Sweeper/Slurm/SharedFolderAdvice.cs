namespace Sweeper.Slurm;

/// <summary>Whether a folder looks like one that other nodes see: only a guess, since a local disk may be exported to them.</summary>
internal static class SharedFolderAdvice
{
    /// <summary>Kinds of file systems, as .NET names them, that belong to one machine.</summary>
    private static readonly string[] Local =
        ["ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "tmpfs", "ramfs", "overlay", "overlayfs", "f2fs"];

    /// <summary>What to say about it; null: nothing.</summary>
    public static string? Of(string folder)
    {
        var existing = Path.GetFullPath(folder);
        while (!Directory.Exists(existing))
        {
            existing = Path.GetDirectoryName(existing)!;
        }

        var kind = new DriveInfo(existing).DriveFormat;
        return Local.Contains(kind) ? Sentence(folder, kind) : null;
    }

    /// <summary>What is said of a folder on a file system of one machine.</summary>
    internal static string Sentence(string folder, string kind) =>
        $"note: {folder} lies on {kind}, a file system of one machine. If other nodes do not see it, name a shared folder with --results; "
        + "`doctor --cluster` finds out before anything is trained.";
}
