using System.Reflection;
using System.Text.RegularExpressions;

namespace Sweeper.Slurm;

/// <summary>
/// A template of `cluster-config/slurm`: `{{name}}` stands for a value, and a line that names a value that is not there is left out.
/// </summary>
internal static partial class SlurmTemplate
{
    /// <summary>Fills one.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="values">Of every name in it; null: not there.</param>
    public static string Fill(string file, IReadOnlyDictionary<string, string?> values)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"slurm/{file}")!;
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().TrimEnd('\n').Split('\n')
            .Where(line => Name().Matches(line).All(name => values[name.Groups[1].Value] is not null));
        return string.Join('\n', lines.Select(line => Name().Replace(line, name => values[name.Groups[1].Value]!)));
    }

    [GeneratedRegex(@"\{\{([a-z-]+)\}\}")]
    private static partial Regex Name();
}
