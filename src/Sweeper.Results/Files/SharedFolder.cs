namespace Sweeper.Results.Files;

/// <summary>A folder into which a group can look: what is made in it is of that group, too.</summary>
public static class SharedFolder
{
    private const UnixFileMode Mode = UnixFileMode.SetGroup
        | UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;

    /// <summary>
    /// Makes it where there is none; one that is there is its owner's to share. Says whether the group can enter it. Throws
    /// <see cref="UnauthorizedAccessException"/> when this process is not in the group.
    /// </summary>
    public static bool Make(string path, uint group)
    {
        if (!OperatingSystem.IsWindows() && !Directory.Exists(path))
        {
            Directory.CreateDirectory(path);
            FileOwnership.GiveTo(path, group);
            File.SetUnixFileMode(path, Mode);
        }

        return FileOwnership.Of(path) is not { } folder
            || folder.Mode.HasFlag(UnixFileMode.OtherExecute)
            || (folder.Group == group && folder.Mode.HasFlag(UnixFileMode.GroupExecute));
    }
}
