using System.Text.RegularExpressions;
using Sweeper.Core.Sweeps.Reading;

namespace Sweeper.Core.Sweeps.Predicates;

/// <summary>Cuts the text of a condition into tokens.</summary>
internal static partial class Tokens
{
    /// <summary>The tokens, the last of them the end.</summary>
    public static IEnumerable<Token> Of(string text, Func<int, SourcePlace> placeOf)
    {
        var offset = 0;
        while (offset < text.Length)
        {
            var match = Piece().Match(text, offset);
            if (!match.Success)
            {
                throw Unreadable(text, offset, placeOf(offset));
            }

            var (kind, group) = match.Groups switch
            {
                { } groups when groups["number"].Success => (TokenKind.Number, groups["number"]),
                { } groups when groups["name"].Success => (TokenKind.Name, groups["name"]),
                { } groups when groups["quoted"].Success => (TokenKind.Quoted, groups["quoted"]),
                var groups => (TokenKind.Sign, groups["sign"]),
            };
            if (group.Success)
            {
                yield return new Token(kind, kind == TokenKind.Quoted ? group.Value[1..^1] : group.Value, group.Index);
            }

            offset += match.Length;
        }

        yield return new Token(TokenKind.End, "", text.Length);
    }

    private static Errors.SweepException Unreadable(string text, int offset, SourcePlace place) => text[offset] switch
    {
        '=' => place.Fault("'=' compares nothing", "write '==' for equal"),
        '&' => place.Fault("'&' is no part of a condition", "write 'and'"),
        '|' => place.Fault("'|' is no part of a condition", "write 'or'"),
        '!' => place.Fault("'!' is no part of a condition", "write 'not', or '!=' for unequal"),
        '^' => place.Fault("'^' is no part of a condition", "write a power with two stars: noise ** 2"),
        '\'' or '"' => place.Fault("this quotation mark has no partner", "close it, or leave both out: words need no quotation marks"),
        var other =>
            place.Fault($"'{other}' is no part of a condition", "there are == != < <= > >= in and or not + - * / ** and parentheses"),
    };

    [GeneratedRegex(
        """\G(?:\s+|(?<number>0x[0-9a-fA-F]+|0o[0-7]+|(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)|"""
        + """(?<name>[A-Za-z_][A-Za-z0-9_]*)|(?<quoted>'[^']*'|"[^"]*")|(?<sign>==|!=|<=|>=|\*\*|[-<>+*/()\[\],]))""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Piece();
}
