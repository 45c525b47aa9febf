using System.Security.Cryptography;
using System.Text;

namespace Sweeper.Training.Cuda;

/// <summary>
/// Compiled kernels in the user's cache folder, where nobody else writes. A file is the SHA-256 of what follows, and the code: one that is
/// broken is compiled again.
/// </summary>
/// <param name="folder">Where; made when it is needed.</param>
internal sealed class CubinCache(string folder)
{
    private const UnixFileMode OwnersFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The folder of this user.</summary>
    public static CubinCache Usual() => new(Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } named
            ? named
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "sweeper", "kernels"));

    /// <summary>The code of a source: what was compiled before, or what is compiled now and kept.</summary>
    /// <param name="source">The source.</param>
    /// <param name="with">Compiler and options, the architecture among them.</param>
    /// <param name="compile">Compiles.</param>
    public byte[] Get(string source, IEnumerable<string> with, Func<byte[]> compile)
    {
        var path = Path.Combine(folder, NameOf(source, with));
        if (Read(path) is { } kept)
        {
            return kept;
        }

        var code = compile();
        Write(path, code);
        return code;
    }

    private static string NameOf(string source, IEnumerable<string> with) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', [.. with, source])))) + ".cubin";

    private static byte[]? Read(string path)
    {
        try
        {
            var file = File.ReadAllBytes(path);
            return file.Length > SHA256.HashSizeInBytes
                && SHA256.HashData(file.AsSpan(SHA256.HashSizeInBytes)).AsSpan().SequenceEqual(file.AsSpan(0, SHA256.HashSizeInBytes))
                ? file[SHA256.HashSizeInBytes..] : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>
    /// Several workers compile at once: each writes a file of its own, and the rename is atomic. Without a disk it is done without.
    /// </summary>
    private void Write(string path, byte[] code)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(folder, OwnersFolder);
            File.SetUnixFileMode(folder, OwnersFolder);
            var draft = $"{path}.{Guid.NewGuid():N}";
            using (var file = new FileStream(
                draft, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnersFile }))
            {
                file.Write(SHA256.HashData(code));
                file.Write(code);
            }

            File.Move(draft, path, overwrite: true);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            // Then it is compiled every time.
        }
    }
}
