using System.Collections.Immutable;

namespace Sweeper.Core.Sweeps.Reading;

/// <summary>A piece of YAML with its place. Nothing is typed: a scalar is its text.</summary>
internal abstract record YamlNode(SourcePlace Place)
{
    /// <summary>What it is, in words for messages.</summary>
    public abstract string Shape { get; }
}

/// <summary>A word, a number, a quoted text; empty where nothing stands.</summary>
internal sealed record YamlScalar(string Text, SourcePlace Place) : YamlNode(Place)
{
    public override string Shape => Text.Length == 0 ? "nothing" : $"'{Text}'";

    /// <summary>The place of a character of the text; that of the whole where quoting or folding moved it.</summary>
    public SourcePlace PlaceInside(int offset)
    {
        var line = Place.Source.Line(Place.Line);
        var start = Place.Column - 1;
        var isQuoted = start < line.Length && line[start] is '"' or '\'';
        start += isQuoted ? 1 : 0;
        return string.CompareOrdinal(line, start, Text, 0, Text.Length) == 0 ? Place.Source.At(Place.Line, start + offset + 1) : Place;
    }
}

/// <summary>A list.</summary>
internal sealed record YamlList(ImmutableArray<YamlNode> Items, SourcePlace Place) : YamlNode(Place)
{
    public override string Shape => "a list";
}

/// <summary>Keys with values; no key stands twice.</summary>
internal sealed record YamlTable(ImmutableArray<YamlEntry> Entries, SourcePlace Place) : YamlNode(Place)
{
    public override string Shape => "a table of keys and values";

    /// <summary>Whether a key stands here misspelt: that it is missing then follows from that.</summary>
    public bool HasMisspelt(string key, params ReadOnlySpan<string> known)
    {
        string[] all = [.. known];
        return Entries.Any(entry => !all.Contains(entry.Name) && NearestName.Find(entry.Name, all) == key);
    }
}

/// <summary>One key with its value.</summary>
internal sealed record YamlEntry(YamlScalar Key, YamlNode Value)
{
    public string Name => Key.Text;
}
