using System.Collections.Immutable;
using System.IO.Enumeration;
using System.Text.RegularExpressions;
using Sweeper.Core.Errors;

namespace Sweeper.Reproducing;

/// <summary>Sweep files by paths with `*` and `?`, for shells that do not expand them: `*` matches folders, too.</summary>
internal static partial class SweepGlob
{
    /// <summary>Of a number in a file name.</summary>
    private const int MostDigits = 20;

    private static readonly char[] Wildcards = ['*', '?'];

    /// <summary>
    /// The files, each once, in order: figure 2 before figure 10. Throws <see cref="SweepException"/> (usage) for a pattern that matches
    /// none.
    /// </summary>
    public static ImmutableArray<string> Find(IEnumerable<string> patterns) =>
        [.. patterns.SelectMany(One).Distinct()
            .OrderBy(path => Number().Replace(path, number => number.Value.PadLeft(MostDigits, '0')), StringComparer.Ordinal)];

    private static IEnumerable<string> One(string pattern)
    {
        var first = pattern.IndexOfAny(Wildcards);
        if (first < 0)
        {
            return [pattern];
        }

        var root = pattern[..(pattern.LastIndexOf('/', first) + 1)];
        var files = Directory.Exists(root.Length == 0 ? "." : root)
            ? Directory.EnumerateFiles(root.Length == 0 ? "." : root, "*.yaml", SearchOption.AllDirectories)
                .Select(path => root.Length == 0 ? path[2..] : path)
            : [];
        var found = files.Where(path => FileSystemName.MatchesSimpleExpression(pattern, path, ignoreCase: false)).ToList();
        return found.Count > 0 ? found : throw new SweepException(
            ExitCode.Usage, $"no sweep file matches '{pattern}'", "Give paths of sweep files (.yaml); put a pattern in quotation marks.");
    }

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
