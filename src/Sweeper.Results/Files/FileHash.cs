using System.Security.Cryptography;

namespace Sweeper.Results.Files;

/// <summary>SHA-256 of a file's bytes.</summary>
internal static class FileHash
{
    /// <summary>Lower-case hex.</summary>
    public static string Of(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
