using System.Text.RegularExpressions;

namespace Sweeper.Cluster.Tests.Transcript;

/// <summary>
/// A page with commands and what they answer: in fenced blocks, a line `$ sweeper ...`, then its output, then `(exit code n)`
/// where that is not 0. A line `...` stands for any lines: what depends on the machine or on time.
/// </summary>
internal static partial class TranscriptPage
{
    public const string Any = "...";

    /// <summary>The page cut at its commands: text before, then command and answer, alternating.</summary>
    public static IEnumerable<(string Text, string? Command, IReadOnlyList<string> Answer)> Read(string page)
    {
        var text = new List<string>();
        string? command = null;
        var answer = new List<string>();
        foreach (var line in page.Split('\n'))
        {
            if (command is not null && (line == "```" || line.StartsWith("$ ", StringComparison.Ordinal)))
            {
                yield return (string.Join('\n', text), command, answer[..(answer.FindLastIndex(said => said.Length > 0) + 1)]);
                (text, command, answer) = ([], null, []);
            }

            if (line.StartsWith("$ sweeper ", StringComparison.Ordinal))
            {
                command = line["$ sweeper ".Length..];
            }
            else
            {
                (command is null ? text : answer).Add(line);
            }
        }

        yield return (string.Join('\n', text), null, []);
    }

    /// <summary>Whether an answer is what the page says.</summary>
    public static bool Agrees(IReadOnlyList<string> written, string answered) => Regex.IsMatch(
        answered, "^" + string.Concat(written.Select(line => line == Any ? "(?:.*\n)*?" : Regex.Escape(line) + "\n")) + "$");

    /// <summary>The words of a command line, as a shell cuts it: 'single' and "double" quotes.</summary>
    public static string[] Words(string command) => [.. Word().Matches(command).Select(word => Quoted().Replace(word.Value, "$1$2"))];

    [GeneratedRegex(@"'([^']*)'|""([^""]*)""")]
    private static partial Regex Quoted();

    [GeneratedRegex("""(?:'[^']*'|"[^"]*"|[^\s'"])+""")]
    private static partial Regex Word();
}
