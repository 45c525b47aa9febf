using System.Collections.Immutable;
using Sweeper.Core.Errors;

namespace Sweeper.Results.Folders;

/// <summary>
/// The folders under which a coordinator writes: whoever may submit to it chooses a folder, but not any folder of its owner's.
/// Where the roots lead is found once, when the coordinator starts.
/// </summary>
/// <remarks>
/// The decision is made on the path without its links, and that path is what is then opened: a link that leads out of the roots is
/// refused, and one that is turned elsewhere afterwards changes nothing. Between the decision and the first file, somebody who may
/// write under a root could put a link in place of a folder. That is its owner, as whom one could write anywhere else at once.
/// Links within a results folder (`segments` on a larger disk) are its owner's too, and are followed.
/// </remarks>
public sealed class ResultRoots
{
    /// <summary>Longer ones Linux opens neither; looking for links in them would only cost time.</summary>
    private const int LongestPath = 4096;

    private readonly ImmutableArray<string> roots;
    private readonly Func<string, string?> linkTarget;

    /// <summary>Of this machine's file system. A root need not exist.</summary>
    public ResultRoots(IEnumerable<string> roots)
        : this(roots, path => new FileInfo(path).LinkTarget)
    {
    }

    /// <param name="roots">The folders.</param>
    /// <param name="linkTarget">What a symbolic link says; null for anything else.</param>
    internal ResultRoots(IEnumerable<string> roots, Func<string, string?> linkTarget)
    {
        this.linkTarget = linkTarget;
        this.roots = [.. roots.Select(root => Follow(root) ?? throw new SweepException(
            ExitCode.Usage, "this leads to no folder", "Name a folder for results with --results.", root))];
    }

    /// <summary>
    /// Where a folder of results is, without links. Throws <see cref="SweepException"/> (preflight) when that is under none of the
    /// roots.
    /// </summary>
    public string Admit(string folder)
    {
        var resolved = Follow(folder);
        return resolved is not null && roots.Any(root => Holds(root, resolved)) ? resolved : throw new SweepException(
            ExitCode.Preflight, $"the coordinator writes results only under {string.Join(" and ", roots)}",
            "Submit with --results and a folder under that, or start `sweeper coordinator` with --results for this one, too.",
            resolved is null || resolved == folder ? folder : $"{folder}, which is {resolved}");
    }

    private string? Follow(string path) =>
        path.Length is 0 or > LongestPath || path.Contains('\0', StringComparison.Ordinal)
            ? null : PhysicalPath.Of(Path.GetFullPath(path), linkTarget);

    private static bool Holds(string root, string path) =>
        path == root
        || path.StartsWith(Path.EndsInDirectorySeparator(root) ? root : root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
