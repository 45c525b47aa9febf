using System.Collections.Immutable;

namespace Sweeper.Training.Data.Files;

/// <summary>A known set of labelled images, as its authors publish it.</summary>
/// <param name="Name">Name in sweep files.</param>
/// <param name="Folder">Folder it is looked for in, below each place.</param>
/// <param name="Files">All of its files that are needed.</param>
/// <param name="Format">How its files are read.</param>
/// <param name="Source">Where to get it, for people.</param>
/// <param name="Shape">What it contains.</param>
public sealed record ImageDataset(
    string Name, string Folder, ImmutableArray<DataFile> Files, ImageFormat Format, string Source, ImageShape Shape)
    : Dataset(Name, Folder, Files, Source)
{
    /// <inheritdoc/>
    public override string Content =>
        $"{Shape.Images} images of {Shape.Side} x {Shape.Side}{(Shape.Channels > 1 ? $" in {Shape.Channels} colours" : "")}, "
        + $"{Shape.Classes} classes";

    /// <inheritdoc/>
    public override string Remedy(string places) =>
        $"Put the published files into a folder '{Folder}' in one of {places}, or name another with {DataFolders.Variable}; they are "
        + $"from: {Source}.";
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
