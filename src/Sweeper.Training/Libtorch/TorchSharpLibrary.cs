using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Sweeper.Training.Libtorch;

/// <summary>
/// Loads TorchSharp's native half. It was linked with GCC 13 and asks libstdc++ for GLIBCXX_3.4.32, which Debian 12,
/// Ubuntu 22.04 and RHEL 9 lack. Behind that version stands one symbol that nothing in the library refers to, so a copy
/// in which the need is marked weak works there.
/// </summary>
internal static class TorchSharpLibrary
{
    private const string MissingVersion = "GLIBCXX_3.4.32";
    private const string FileName = "libLibTorchSharp.so";

    /// <summary>SHA-256 of the one file known to work after mending: libLibTorchSharp.so of TorchSharp 0.107.0, linux-x64.</summary>
    private const string KnownHash = "CF33B1B0BB6BBB9754A768FB5C5D04D9F498603BE50E73F55621A0B40EE608B8";

    /// <summary>Loads the library, mended where the system needs it; returns its handle, and whether it was.</summary>
    public static (nint Library, bool IsMended) Load(string path)
    {
        try
        {
            return (NativeLibrary.Load(path), false);
        }
        catch (DllNotFoundException cause) when (cause.Message.Contains(MissingVersion, StringComparison.Ordinal))
        {
            return (LoadMended(path, cause), true);
        }
        catch (Exception cause) when (cause is DllNotFoundException or BadImageFormatException)
        {
            throw TorchRuntime.Failure($"TorchSharp's library cannot be loaded: {cause.Message.ReplaceLineEndings(" ")}", cause);
        }
    }

    private static nint LoadMended(string path, Exception cause)
    {
        var bytes = File.ReadAllBytes(path);
        if (Convert.ToHexString(SHA256.HashData(bytes)) != KnownHash)
        {
            throw TorchRuntime.Failure(
                $"the system's libstdc++ lacks {MissingVersion}, and {path} is not the build that can be mended for it", cause);
        }

        SymbolVersions.Weaken(bytes, MissingVersion);
        try
        {
            return LoadFromCache(bytes);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            return LoadFromTemporary(bytes);
        }
    }

    private static nint LoadFromCache(byte[] bytes)
    {
        var root = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } named
            ? named
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        var folder = Directory.CreateDirectory(Path.Combine(root, "sweeper", "torchsharp-" + KnownHash[..8].ToLowerInvariant())).FullName;
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
        {
            // Several workers start at once: each writes a file of its own, and the rename is atomic.
            var draft = Path.Combine(folder, $"{FileName}.{Guid.NewGuid():N}");
            File.WriteAllBytes(draft, bytes);
            File.Move(draft, path, overwrite: true);
        }

        return NativeLibrary.Load(path);
    }

    private static nint LoadFromTemporary(byte[] bytes)
    {
        var folder = Directory.CreateTempSubdirectory("sweeper-");
        try
        {
            var path = Path.Combine(folder.FullName, FileName);
            File.WriteAllBytes(path, bytes);
            return NativeLibrary.Load(path);
        }
        finally
        {
            // A mapped library needs its name no longer.
            folder.Delete(recursive: true);
        }
    }
}
