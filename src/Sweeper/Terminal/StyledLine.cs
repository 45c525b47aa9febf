using System.Collections.Immutable;
using Spectre.Console;

namespace Sweeper.Terminal;

/// <summary>One line of a display: pieces of text in colours, as long as they look.</summary>
/// <param name="Pieces">From left to right.</param>
internal sealed record StyledLine(ImmutableArray<(string Text, Color Color)> Pieces)
{
    private const string More = "…";

    /// <summary>Nothing yet.</summary>
    public static StyledLine Empty { get; } = new([]);

    /// <summary>Columns it takes.</summary>
    public int Length => Pieces.Sum(piece => piece.Text.Length);

    /// <summary>With a piece after it.</summary>
    public StyledLine Add(string text, Color? color = null) => text.Length == 0 ? this : new(Pieces.Add((text, color ?? Color.Default)));

    /// <summary>With another line after it.</summary>
    public StyledLine Join(StyledLine next) => new(Pieces.AddRange(next.Pieces));

    /// <summary>With another line at the right edge, where there is room for both.</summary>
    public StyledLine AddAtRight(StyledLine right, int width) =>
        Length + 2 + right.Length <= width ? Add(new string(' ', width - Length - right.Length)).Join(right) : this;

    /// <summary>No longer than a width.</summary>
    public StyledLine Cut(int width)
    {
        if (Length <= width)
        {
            return this;
        }

        var cut = Empty;
        foreach (var (text, color) in Pieces)
        {
            var room = width - cut.Length - More.Length;
            if (text.Length > room)
            {
                return cut.Add(text[..Math.Max(room, 0)] + More, color);
            }

            cut = cut.Add(text, color);
        }

        return cut;
    }

    /// <summary>For Spectre.</summary>
    public Paragraph ToParagraph()
    {
        var paragraph = new Paragraph();
        foreach (var (text, color) in Pieces)
        {
            paragraph.Append(text, new Style(color));
        }

        return paragraph;
    }

    /// <summary>Without colours.</summary>
    public override string ToString() => string.Concat(Pieces.Select(piece => piece.Text));
}
