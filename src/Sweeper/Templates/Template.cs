using System.Reflection;
using System.Text.RegularExpressions;

namespace Sweeper.Templates;

/// <summary>
/// A template of `cluster-config`: `{{name}}` stands for a value, and a line that names a value that is not there is left out. Further
/// lines of a value are indented like the line in which it stands.
/// </summary>
internal static partial class Template
{
    /// <summary>Fills one.</summary>
    /// <param name="file">Its path below `cluster-config`: `slurm/sweep.sh`.</param>
    /// <param name="values">Of every name in it; null: not there.</param>
    public static string Fill(string file, IReadOnlyDictionary<string, string?> values)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(file)!;
        using var reader = new StreamReader(stream);
        return FillText(reader.ReadToEnd().TrimEnd('\n'), values);
    }

    /// <summary>Fills the text of one.</summary>
    internal static string FillText(string template, IReadOnlyDictionary<string, string?> values)
    {
        var lines = template.Split('\n').Where(line => Name().Matches(line).All(name => values[name.Groups[1].Value] is not null));
        return string.Join('\n', lines.Select(line => Filled(line, values)));
    }

    private static string Filled(string line, IReadOnlyDictionary<string, string?> values)
    {
        string Value(Match name) => values[name.Groups[1].Value]!;
        var indented = Name().Replace(line, name => Value(name).Length == 0 ? "" : name.Value);
        var indentation = indented[..^indented.AsSpan().TrimStart(' ').Length];
        return Name().Replace(indented, name => Value(name).Replace("\n", "\n" + indentation, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\{\{([a-z-]+)\}\}")]
    private static partial Regex Name();
}
