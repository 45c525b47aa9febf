namespace Sweeper.Core.Sweeps.Reading;

/// <summary>Finds the name that a misspelt one was probably meant to be.</summary>
public static class NearestName
{
    /// <summary>`did you mean 'noise'?` where a name is near, else the list of all.</summary>
    public static string Remedy(string misspelt, IEnumerable<string> names)
    {
        var known = names.ToArray();
        return Find(misspelt, known) is { } near
            ? $"did you mean '{near}'?"
            : known.Length == 0 ? "there is none to choose from" : $"known are: {string.Join(", ", known)}";
    }

    /// <summary>The nearest name within a third of its length in edits (Levenshtein; case and -_ do not count), or null.</summary>
    public static string? Find(string misspelt, IEnumerable<string> names)
    {
        var best = names
            .Select(name => (name, edits: Edits(Plain(misspelt), Plain(name))))
            .OrderBy(candidate => candidate.edits)
            .FirstOrDefault();
        return best.name is not null && best.edits <= Math.Max(1, Math.Max(best.name.Length, misspelt.Length) / 3) ? best.name : null;
    }

    private static string Plain(string name) => name.ToLowerInvariant().Replace('-', '_');

    private static int Edits(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[to.Length];
    }
}
