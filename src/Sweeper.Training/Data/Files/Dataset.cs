using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Sweeper.Training.Data.Files;

/// <summary>A known set of labelled images.</summary>
/// <param name="Name">Name in sweep files.</param>
/// <param name="Folder">Folder it is looked for in, below each place.</param>
/// <param name="Files">All of its files that are needed.</param>
/// <param name="Format">How its files are read.</param>
/// <param name="Source">Where to get it, for people.</param>
/// <param name="Shape">What it contains.</param>
public sealed record Dataset(string Name, string Folder, ImmutableArray<DataFile> Files, ImageFormat Format, string Source, ImageShape Shape)
{
    /// <summary>Hash of its content: part of the ids of trials that learn it. Known without the files.</summary>
    public string ContentHash { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Files.Select(file => file.Sha256)))));
}

/// <summary>A file format of labelled images.</summary>
public enum ImageFormat
{
    /// <summary>A file of images and one of labels, as MNIST has them.</summary>
    Idx,
    /// <summary>The archive of CIFAR-10's binary version.</summary>
    Cifar,
}

/// <summary>What a set of images contains.</summary>
/// <param name="Images">Their number.</param>
/// <param name="Channels">Colours of an image.</param>
/// <param name="Side">Pixels of a row and of a column.</param>
/// <param name="Classes">Classes of its labels, 0 to this less one.</param>
public sealed record ImageShape(int Images, int Channels, int Side, int Classes)
{
    /// <summary>Numbers of an image.</summary>
    public int Values => Channels * Side * Side;
}
