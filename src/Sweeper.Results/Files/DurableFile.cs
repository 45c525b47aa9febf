using System.Text;

namespace Sweeper.Results.Files;

/// <summary>Writes files so that after any accident either the old or the new content is there, whole.</summary>
public static class DurableFile
{
    /// <summary>
    /// Lets <paramref name="write"/> fill a temporary file on the same disk, syncs it, calls
    /// <paramref name="beforeRename"/>, renames, syncs the folder. A failure removes the temporary file.
    /// </summary>
    public static void Replace(string path, string temporary, Action<Stream> write, Action? beforeRename = null)
    {
        try
        {
            using (var stream = Create(temporary))
            {
                write(stream);
                Commit(stream, temporary);
            }

            beforeRename?.Invoke();
            Rename(temporary, path);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>The same for a text; a file that already holds it is not touched.</summary>
    public static void ReplaceText(string path, string temporary, string text)
    {
        if (!File.Exists(path) || File.ReadAllText(path) != text)
        {
            Replace(path, temporary, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        }
    }

    /// <summary>Flushes and syncs an open file.</summary>
    public static void Commit(FileStream stream, string path)
    {
        stream.Flush();
        Sync.File(stream.SafeFileHandle, path);
    }

    /// <summary>rename(2), then syncs the folder that holds the new name.</summary>
    public static void Rename(string from, string to)
    {
        File.Move(from, to, overwrite: true);
        Sync.Folder(Path.GetDirectoryName(Path.GetFullPath(to))!);
    }

    /// <summary>
    /// An empty file for writing, without the advisory lock that would keep readers out, and without a buffer: a full
    /// disk shows in the write that meets it, never in Dispose.
    /// </summary>
    public static FileStream Create(string path) =>
        new(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
}
