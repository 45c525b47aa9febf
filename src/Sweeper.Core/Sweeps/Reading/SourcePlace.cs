using System.Text.RegularExpressions;
using Sweeper.Core.Errors;

namespace Sweeper.Core.Sweeps.Reading;

/// <summary>A line and column of a source, from 1.</summary>
internal sealed record SourcePlace(SourceText Source, int Line, int Column)
{
    private const int LongestProblem = 400;

    /// <summary>Names all that could have been meant.</summary>
    private const int LongestRemedy = 4000;

    /// <summary>An error of the sweep file or command line at this place.</summary>
    public SweepException Fault(string problem, string? remedy = null) =>
        new(ExitCode.Usage, Cut(problem, LongestProblem), remedy is null ? null : Cut(remedy, LongestRemedy), ToString()) { At = this };

    /// <summary>
    /// Where a word first stands in a value that begins here, in quotes if it does so anywhere; this place, where it stands nowhere.
    /// </summary>
    public SourcePlace Of(string word, string value)
    {
        Regex quoted = new($"(?<='){Regex.Escape(word)}(?=')"), whole = new($@"(?<!\w){Regex.Escape(word)}(?!\w)");
        if (quoted.IsMatch(value))
        {
            whole = quoted;
        }

        var lines = Enumerable.Range(Line, value.AsSpan().Count('\n') + 2);
        return lines.Select(line =>
            (Line: line, Match: whole.Match(Source.Line(line), line == Line ? Math.Min(Column - 1, Source.Line(line).Length) : 0)))
            .Where(found => found.Match.Success).Select(found => Source.At(found.Line, found.Match.Index + 1)).FirstOrDefault(this);
    }

    /// <summary>Stands for a fault that follows from another one, which is told.</summary>
    public SweepException Consequence() =>
        new(ExitCode.Usage, "follows from another fault", null, ToString()) { At = this, IsConsequence = true };

    /// <summary>How another message refers to this place.</summary>
    public string Brief => Source.IsArgument ? $"{Source.Name} {Source.Text}" : $"line {Line}";

    /// <summary>A sentence may quote a word as long as a file.</summary>
    private static string Cut(string sentence, int longest) =>
        sentence.Length <= longest ? sentence : $"{sentence[..(longest / 2)]} .. {sentence[^(longest / 2)..]}";

    /// <inheritdoc/>
    public override string ToString() => Source.Show(Line, Column);
}
