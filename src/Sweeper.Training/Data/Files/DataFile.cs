namespace Sweeper.Training.Data.Files;

/// <summary>A file of a dataset, as its authors publish it.</summary>
/// <param name="Name">File name.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its hash, lower-case hex.</param>
public sealed record DataFile(string Name, long Bytes, string Sha256)
{
    /// <summary>What it may also be found as, where the hash of that is known: the same without compression.</summary>
    public DataFile? Unpacked { get; init; }
}
