using System.Collections.Immutable;
using Sweeper.Training.Data.Files;

namespace Sweeper.Training.Data.Made;

/// <summary>The data sets that are made from Debian packages, with length and hash of what comes out.</summary>
public static class MadeDatasets
{
    /// <summary>Lines of words in lower case.</summary>
    public static MadeDataset KingJamesBible { get; } = new(
        "king-james-bible",
        new DataFile("king-james-bible.txt", 4_012_055, "9f50cc8ac57694e2d49d818cb86ec1a921e0b93e3aa58c8f42ffc8af1ae46267"),
        Made.KingJamesBible.Package, "31102 verses, a line each, of words in lower case", Made.KingJamesBible.Make);

    /// <summary>Utterances (<see cref="UtteranceFile"/>).</summary>
    public static MadeDataset SpokenDigits { get; } = new(
        "spoken-digits", new DataFile("spoken-digits.bin", 14_151_765, "44e36dc00f93c4718fc31105e5ad60857cfa24ce0ff460a4573358f69c85968b"),
        Made.SpokenDigits.Package, "2000 utterances of two to four digits, frames of 40 mel bands, letters", Made.SpokenDigits.Make);

    /// <summary>All, in the order of documentation.</summary>
    public static ImmutableArray<MadeDataset> All { get; } = [KingJamesBible, SpokenDigits];
}
