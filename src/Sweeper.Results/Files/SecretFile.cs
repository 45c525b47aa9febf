using System.Text;

namespace Sweeper.Results.Files;

/// <summary>A small file with a secret in it: at no moment can anyone read it who should not.</summary>
public static class SecretFile
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>What is asked of a text: more is none.</summary>
    private const int Longest = 1 << 16;

    /// <summary>How such a file may be used: read and written by its owner, and read by a group if it is for one.</summary>
    public static UnixFileMode Mode(bool isForGroup) => isForGroup ? Owner | UnixFileMode.GroupRead : Owner;

    /// <summary>
    /// Replaces the file in one step. The new one is nobody's but this process's before the secret is in it: made exclusively,
    /// with its mode, under another name.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="text">All of it.</param>
    /// <param name="group">
    /// Number of the group that may read it, too; throws <see cref="UnauthorizedAccessException"/> when this process is not in it.
    /// </param>
    public static void Replace(string path, string text, uint? group)
    {
        var temporary = $"{path}.{Environment.ProcessId}";
        File.Delete(temporary);
        try
        {
            using (var stream = new FileStream(temporary, Options(FileMode.CreateNew, FileAccess.Write)))
            {
                if (group is { } readers && !OperatingSystem.IsWindows())
                {
                    FileOwnership.GiveTo(stream.SafeFileHandle, readers);
                    File.SetUnixFileMode(stream.SafeFileHandle, Mode(isForGroup: true));
                }

                stream.Write(Encoding.UTF8.GetBytes(text));
                DurableFile.Commit(stream, temporary);
            }

            DurableFile.Rename(temporary, path);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Its text, and whose it is (null where files have no owners); throws as <see cref="File.OpenRead"/> does.</summary>
    public static (string Text, FileOwnership? Ownership) Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        return (stream.Length > Longest ? "" : reader.ReadToEnd(), FileOwnership.Of(stream.SafeFileHandle));
    }

    /// <summary>An empty file that only its owner can open, locked against other processes until it is disposed.</summary>
    public static FileStream Lock(string path)
    {
        var held = new FileStream(path, Options(FileMode.OpenOrCreate, FileAccess.ReadWrite));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(held.SafeFileHandle, Owner);
        }

        return held;
    }

    private static FileStreamOptions Options(FileMode mode, FileAccess access) => OperatingSystem.IsWindows()
        ? new FileStreamOptions { Mode = mode, Access = access, Share = FileShare.None }
        : new FileStreamOptions { Mode = mode, Access = access, Share = FileShare.None, UnixCreateMode = Owner };
}
