using System.Text;

namespace Sweeper.Tests.Documentation;

/// <summary>A typed line cut into words as a shell does: quotes hold together, a remark or a redirection ends it.</summary>
internal static class ShellWords
{
    public static string[] Of(string line)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        char? quote = null;
        foreach (var letter in line)
        {
            if (quote is null && letter is '#' or '>' or '|' && word is null)
            {
                break;
            }

            if (letter == quote)
            {
                quote = null;
            }
            else if (quote is null && letter is '"' or '\'')
            {
                quote = letter;
                word ??= new StringBuilder();
            }
            else if (quote is null && char.IsWhiteSpace(letter))
            {
                words.AddRange(word is null ? [] : [word.ToString()]);
                word = null;
            }
            else
            {
                (word ??= new StringBuilder()).Append(letter);
            }
        }

        words.AddRange(word is null ? [] : [word.ToString()]);
        return [.. words];
    }
}
