using System.Collections.Immutable;

namespace Sweeper.Core.Sweeps.Typing;

/// <summary>Names that are defined by other names, and in the end by themselves.</summary>
internal static class Cycles
{
    /// <summary>The first cycle, in the order in which it is met; null where there is none.</summary>
    /// <param name="names">All names.</param>
    /// <param name="definedBy">What a name is defined by, other names than these among it.</param>
    public static ImmutableArray<string>? First(IEnumerable<string> names, Func<string, IEnumerable<string>> definedBy)
    {
        var done = new HashSet<string>();
        var path = new List<string>();
        ImmutableArray<string>? Visit(string name)
        {
            if (path.IndexOf(name) is >= 0 and var start)
            {
                return [.. path[start..]];
            }

            if (!done.Add(name))
            {
                return null;
            }

            path.Add(name);
            var found = definedBy(name).Select(Visit).FirstOrDefault(cycle => cycle is not null);
            path.RemoveAt(path.Count - 1);
            return found;
        }

        return names.Select(Visit).FirstOrDefault(cycle => cycle is not null);
    }

    /// <summary>`'a' and 'b'`.</summary>
    public static string Describe(ImmutableArray<string> cycle) =>
        cycle is [var only] ? $"'{only}'" : $"{string.Join(", ", cycle[..^1].Select(name => $"'{name}'"))} and '{cycle[^1]}'";
}
