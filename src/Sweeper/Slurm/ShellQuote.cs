using System.Text.RegularExpressions;

namespace Sweeper.Slurm;

/// <summary>Words as they are written into a batch script.</summary>
internal static partial class ShellQuote
{
    /// <summary>One word for bash, whatever is in it.</summary>
    public static string Word(string value) =>
        Plain().IsMatch(value) ? value : $"'{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>A bash array of words.</summary>
    public static string Array(IEnumerable<string> words) => $"({string.Join(' ', words.Select(Word))})";

    /// <summary>One value after `#SBATCH --option=`: sbatch reads these lines itself, and knows double quotes and backslashes.</summary>
    public static string Directive(string value) =>
        Plain().IsMatch(value) ? value : $"\"{Special().Replace(value, @"\$0")}\"";

    [GeneratedRegex(@"[\\""]")]
    private static partial Regex Special();

    [GeneratedRegex(@"^[A-Za-z0-9_./:=@%+,-]+\z")]
    private static partial Regex Plain();
}
