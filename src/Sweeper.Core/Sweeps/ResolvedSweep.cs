using System.Text;
using System.Text.RegularExpressions;
using Sweeper.Core.Experiments;
using Sweeper.Core.Sweeps.Identity;

namespace Sweeper.Core.Sweeps;

/// <summary>Writes a sweep's content as a sweep file in one fixed format that YAML 1.1 and 1.2 readers take alike.</summary>
internal static partial class ResolvedSweep
{
    private static readonly string[] Reserved = ["true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf"];

    /// <summary>The text; equal for equal content.</summary>
    public static string Write(SweepContent content)
    {
        var text = new StringBuilder("# The sweep with its profile and the command line applied; written by Sweeper.\n");
        text.Append($"sweep: {Word(content.Sweep)}\n");
        if (content.Profile is not null)
        {
            text.Append($"profile: {Word(content.Profile)}\n");
        }

        text.Append($"experiment: {Word(content.Experiment.Name)}\n");
        Section(text, "fixed", content.Fixed.Select(pair => $"  {pair.Declaration.Name}: {Scalar(pair.Value)}\n"));
        Section(text, "grid", content.Axes.Where(axis => axis.Hyperparameters.Length == 1).Select(axis => $"  {Column(axis, 0)}\n"));
        Section(text, "zip", content.Axes.Where(axis => axis.Hyperparameters.Length > 1).Select(Group));
        text.Append($"seeds: {Seeds(content)}\n");
        Section(text, "measure", content.Measure.Select(rule =>
            $"  - at: {rule.Steps}\n    metrics: [{string.Join(", ", rule.Metrics.Select(metric => Word(metric.Name)))}]\n"));
        text.Append($"lanes: {content.Lanes}\n");
        text.Append($"figures: [{string.Join(", ", content.Figures)}]\n");
        text.Append($"allow_failed: {content.AllowFailed}\n");
        return text.ToString();
    }

    private static void Section(StringBuilder text, string key, IEnumerable<string> lines)
    {
        var body = string.Concat(lines);
        if (body.Length > 0)
        {
            text.Append($"{key}:\n{body}");
        }
    }

    private static string Group(SweepAxis axis) =>
        string.Concat(Enumerable.Range(0, axis.Hyperparameters.Length).Select(column => $"  {(column == 0 ? "-" : " ")} {Column(axis, column)}\n"));

    private static string Column(SweepAxis axis, int column) =>
        $"{axis.Hyperparameters[column].Name}: [{string.Join(", ", axis.Entries.Select(entry => Scalar(entry[column])))}]";

    private static string Seeds(SweepContent content) => content.Seeds[^1] - content.Seeds[0] == content.Seeds.Length - 1
        ? $"{content.Seeds[0]}..{content.Seeds[^1]}"
        : $"[{string.Join(", ", content.Seeds)}]";

    private static string Scalar(Value value) => value switch
    {
        Value.Real real => Real(real.Number),
        Value.Vector vector => $"[{string.Join(", ", vector.Numbers.Select(Real))}]",
        Value.Choice choice => Word(choice.Word),
        _ => value.ToString()!,
    };

    /// <summary>With a point, without which YAML 1.1 readers take 1e-7 for a word.</summary>
    private static string Real(double number)
    {
        var text = CanonicalJson.Number(number);
        return text.Contains('.') ? text : text.Contains('e') ? text.Replace("e", ".0e", StringComparison.Ordinal) : $"{text}.0";
    }

    /// <summary>A word, quoted where a YAML reader would take it for something else.</summary>
    public static string Word(string word) => PlainWord().IsMatch(word) && !Reserved.Contains(word.ToLowerInvariant()) ? word : CanonicalJson.Text(word);

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex PlainWord();
}
