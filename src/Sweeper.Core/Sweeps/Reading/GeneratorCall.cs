using System.Text.RegularExpressions;

namespace Sweeper.Core.Sweeps.Reading;

/// <summary>A generator of an axis written as a call, `linspace(0, 1, 5)`: the same as `{ linspace: [0, 1, 5] }`.</summary>
internal static partial class GeneratorCall
{
    /// <summary>Three numbers have room, and what is longer is no call.</summary>
    private const int MostCharacters = 4000;

    /// <summary>Whether a text is a call.</summary>
    public static bool Is(string text) => text.Length <= MostCharacters && Whole().IsMatch(text);

    /// <summary>Whether a text is the beginning of a call: between braces and brackets YAML cuts it at its commas.</summary>
    public static bool IsBegun(string text) => Begun().IsMatch(text);

    /// <summary>The call as a table with one key, with places inside the text.</summary>
    public static YamlTable Read(YamlScalar call, Faults faults)
    {
        var parts = Whole().Match(call.Text).Groups;
        var key = new YamlScalar(parts["name"].Value, call.PlaceInside(parts["name"].Index));
        var start = parts["arguments"].Index;
        // The bracket put in front shifts every column by one; columns count from 1, offsets from 0.
        var arguments = YamlReader.Read($"[{parts["arguments"].Value}]", mark => call.PlaceInside(start + (int)mark.Column - 2), faults)!;
        return new YamlTable([new YamlEntry(key, arguments)], key.Place);
    }

    [GeneratedRegex(@"^\s*(?<name>\w+)\s*\((?<arguments>.*)\)\s*$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Whole();

    [GeneratedRegex(@"^\s*\w+\s*\([^()]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Begun();
}
