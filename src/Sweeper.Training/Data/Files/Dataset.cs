using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Sweeper.Training.Data.Files;

/// <summary>A data set that experiments know by name: files of which every byte is known before they are here.</summary>
/// <param name="Name">Name in sweep files.</param>
/// <param name="Folder">Folder it is looked for in, below each place.</param>
/// <param name="Files">All of its files that are needed.</param>
/// <param name="Source">Where it is from, for people.</param>
public abstract record Dataset(string Name, string Folder, ImmutableArray<DataFile> Files, string Source)
{
    /// <summary>Hash of its content: part of the ids of trials that learn it. Known without the files.</summary>
    public string ContentHash { get; } = Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Files.Select(file => file.Sha256)))));

    /// <summary>What it contains, in a few words.</summary>
    public abstract string Content { get; }

    /// <summary>How to get its files, in a sentence.</summary>
    /// <param name="places">Folders in which they are looked for.</param>
    public abstract string Remedy(string places);
}
