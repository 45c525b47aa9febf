using System.Collections.Immutable;
using Sweeper.Training.Data.Files;

namespace Sweeper.Training.Data.Made;

/// <summary>The data sets that are made from Debian packages, with length and hash of what comes out.</summary>
public static class MadeDatasets
{
    /// <summary>Lines of words in lower case.</summary>
    public static MadeDataset KingJamesBible { get; } = new(
        "king-james-bible", new DataFile("king-james-bible.txt", 4_012_055, "9f50cc8ac57694e2d49d818cb86ec1a921e0b93e3aa58c8f42ffc8af1ae46267"),
        Made.KingJamesBible.Package,
        "31102 verses, a line each, of words in lower case", Made.KingJamesBible.Make);

    /// <summary>All, in the order of documentation.</summary>
    public static ImmutableArray<MadeDataset> All { get; } = [KingJamesBible];
}
