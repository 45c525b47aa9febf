namespace Sweeper.Core.Sweeps.Reading;

/// <summary>Finds the name that a misspelt one was probably meant to be.</summary>
public static class NearestName
{
    private const int LongestName = 200;

    /// <summary>`did you mean 'noise'?` where a name is near, else the list of all.</summary>
    public static string Remedy(string misspelt, IEnumerable<string> names)
    {
        var known = names.ToArray();
        return Find(misspelt, known) is { } near
            ? $"did you mean '{near}'?"
            : known.Length == 0 ? "there is none to choose from" : $"known are: {string.Join(", ", known)}";
    }

    /// <summary>The nearest name within a third of its length in edits (case and -_ do not count), or null.</summary>
    public static string? Find(string misspelt, IEnumerable<string> names)
    {
        if (misspelt.Length > LongestName)
        {
            return null;
        }

        var best = names
            .Select(name => (name, edits: Edits(Plain(misspelt), Plain(name))))
            .OrderBy(candidate => candidate.edits)
            .FirstOrDefault();
        return best.name is not null && best.edits <= Math.Max(1, (Math.Max(best.name.Length, misspelt.Length) + 1) / 3) ? best.name : null;
    }

    private static string Plain(string name) => name.ToLowerInvariant().Replace('-', '_');

    /// <summary>Letters to insert, remove, replace or swap with a neighbour (optimal string alignment).</summary>
    private static int Edits(string from, string to)
    {
        var edits = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                edits[i, j] = i == 0 || j == 0 ? i + j : Math.Min(
                    Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1, edits[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    edits[i, j] = Math.Min(edits[i, j], edits[i - 2, j - 2] + 1);
                }
            }
        }

        return edits[from.Length, to.Length];
    }
}
