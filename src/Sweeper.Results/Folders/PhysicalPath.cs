namespace Sweeper.Results.Folders;

/// <summary>Where a path leads once every symbolic link in it is followed.</summary>
internal static class PhysicalPath
{
    /// <summary>As many links as Linux follows in one path.</summary>
    private const int MostLinks = 40;

    /// <summary>
    /// The path without links, `.` and `..`; null where links lead in a circle. What does not exist is no link, and what
    /// stands after it is kept.
    /// </summary>
    /// <param name="path">An absolute path.</param>
    /// <param name="linkTarget">What a link says, as it says it; null for anything else.</param>
    public static string? Of(string path, Func<string, string?> linkTarget)
    {
        var root = Path.GetPathRoot(path)!;
        var (resolved, links) = (root, 0);
        var pending = new Stack<string>();
        Push(path[root.Length..]);
        while (pending.TryPop(out var part))
        {
            if (part == "..")
            {
                resolved = Path.GetDirectoryName(resolved) ?? root;
                continue;
            }

            var next = Path.Join(resolved, part);
            if (linkTarget(next) is not { } target)
            {
                resolved = next;
                continue;
            }

            if (++links > MostLinks)
            {
                return null;
            }

            var start = Path.GetPathRoot(target)!;
            resolved = start.Length > 0 ? start : resolved;
            Push(target[start.Length..]);
        }

        return resolved;

        void Push(string parts)
        {
            foreach (var part in parts.Split(Path.DirectorySeparatorChar).Reverse().Where(part => part is not ("" or ".")))
            {
                pending.Push(part);
            }
        }
    }
}
