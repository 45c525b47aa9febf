using System.IO.Compression;
using System.Security.Cryptography;
using Sweeper.Core.Errors;

namespace Sweeper.Training.Data.Files;

/// <summary>A file of a dataset on this machine.</summary>
/// <param name="Path">Where.</param>
/// <param name="Expected">What it must be.</param>
public sealed record FoundFile(string Path, DataFile Expected)
{
    /// <summary>What is wrong with it, in a sentence, or null: length first, then every byte.</summary>
    public string? Fault()
    {
        var length = new FileInfo(Path).Length;
        if (length != Expected.Bytes)
        {
            return $"{Path} has {length:#,0} bytes, and {Expected.Name} should have {Expected.Bytes:#,0}: it is "
                + $"{(length < Expected.Bytes ? "cut off, or " : "")}another file";
        }

        using var file = File.OpenRead(Path);
        var hash = Convert.ToHexStringLower(SHA256.HashData(file));
        return hash == Expected.Sha256 ? null : $"{Path} is not {Expected.Name}: its SHA-256 is {hash}, not {Expected.Sha256}";
    }

    /// <summary>Its content without compression.</summary>
    internal byte[] Content()
    {
        try
        {
            using var file = File.OpenRead(Path);
            using Stream content = Path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
            using var bytes = new MemoryStream();
            content.CopyTo(bytes);
            return bytes.ToArray();
        }
        catch (InvalidDataException fault)
        {
            throw Unfit("it is no gzip file", fault);
        }
    }

    /// <summary>The refusal of a file that cannot be read as what it should be.</summary>
    internal SweepException Unfit(string problem, Exception? inner = null) => new(
        ExitCode.Preflight, $"{System.IO.Path.GetFileName(Path)} cannot be read: {problem}",
        "Get the file again; `sweeper data` says from where.", Path, inner);
}
