using Sweeper.Training.Data.Files;

namespace Sweeper.Training.Data.Made;

/// <summary>
/// A data set that this machine makes from a Debian package. Like those that are published it is known by the hash of its file, which ids
/// of trials carry: what is made elsewhere, or from another version of the package, is the same file or is refused.
/// </summary>
/// <param name="Name">Name in sweep files.</param>
/// <param name="File">The one file that is made.</param>
/// <param name="Package">What it is made from.</param>
/// <param name="Content">What it contains, in a few words.</param>
/// <param name="Make">
/// Makes the file's bytes. Throws <see cref="Core.Errors.SweepException"/> (preflight) where the package is not there.
/// </param>
public sealed record MadeDataset(string Name, DataFile File, DebianPackage Package, string Content, Func<byte[]> Make)
    : Dataset(Name, Name, [File], $"the Debian package {Package}")
{
    /// <inheritdoc/>
    public override string Content { get; } = Content;

    /// <inheritdoc/>
    public override string Remedy(string places) =>
        $"Make it: `{Package.Install}`, then `sweeper data {Name} --make`. Or put {File.Name} of a machine that has it into a folder "
        + $"'{Folder}' in one of {places}.";
}
