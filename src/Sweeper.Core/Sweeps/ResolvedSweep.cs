using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Sweeper.Core.Experiments;
using Sweeper.Core.Sweeps.Claims;
using Sweeper.Core.Sweeps.Identity;
using Sweeper.Core.Sweeps.Typing;

namespace Sweeper.Core.Sweeps;

/// <summary>Writes a sweep's content as a sweep file in one fixed format that YAML 1.1 and 1.2 readers take alike.</summary>
internal static partial class ResolvedSweep
{
    /// <summary>Values from which on an axis is written as its generator, if it has one.</summary>
    private const int LongAxis = 200;

    private static readonly string[] Reserved = ["true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf"];

    /// <summary>What a block of lines may hold: ASCII without tabs and control characters.</summary>
    private static readonly SearchValues<char> Printable =
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code), '\n']);

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
        Values(text, content.Own.Fixed, content.Own.Axes, "");
        Section(text, "grids", content.Grids.Select(grid => Member(content.Own, grid, grid.Name!)));
        Section(text, "derive", content.Derived.Select(derived => $"  {derived.Name}: {CanonicalJson.Text(derived.Formula)}\n"));
        Section(text, "exclude", content.Exclusions.Select(predicate => $"  - {CanonicalJson.Text(predicate.Text)}\n"));
        Section(
            text, "when",
            content.Conditions.Select(condition => $"  {condition.Declared.Name}: {CanonicalJson.Text(condition.Predicate.Text)}\n"));
        text.Append($"seeds: {Seeds(content)}\n");
        Section(text, "measure", content.Measure.Select(rule =>
            $"  - at: {rule.Steps}\n    metrics: [{string.Join(", ", rule.Metrics.Select(metric => Word(metric.Name)))}]\n"));
        text.Append($"lanes: {content.Lanes}\n");
        text.Append($"figures: [{string.Join(", ", content.Figures)}]\n");
        Section(text, SweepKeys.Expect.Name, content.Claims.Select(ResolvedClaim));
        text.Append(content.Source.Paper is null ? "" : $"paper: {CanonicalJson.Text(content.Source.Paper)}\n");
        Section(
            text, SweepKeys.Chosen.Name, content.Source.Chosen.Select(chosen => $"  {chosen.Name}: {CanonicalJson.Text(chosen.Reason)}\n"));
        text.Append($"allow_failed: {content.AllowFailed}\n");
        text.Append(content.DropsDivergedTrials ? "aggregate: { diverged: drop_trial }\n" : "");
        text.Append(
            content.KeptWeights == KeptWeights.None ? "" : $"keep: {{ weights: {content.KeptWeights.ToString().ToLowerInvariant()} }}\n");
        return text.ToString();
    }

    private static void Values(
        StringBuilder text, IEnumerable<(Hyperparameter Declaration, Value Value)> constants, ImmutableArray<SweepAxis> axes, string indent)
    {
        Section(text, $"{indent}fixed", constants.Select(pair => $"{indent}  {pair.Declaration.Name}: {Scalar(pair.Value)}\n"));
        Section(
            text, $"{indent}grid", axes.Where(axis => axis.Hyperparameters.Length == 1).Select(axis => $"{indent}  {Column(axis, 0)}\n"));
        Section(text, $"{indent}zip", axes.Where(axis => axis.Hyperparameters.Length > 1).Select(axis => Group(axis, indent)));
    }

    /// <summary>A member of a union: what differs from the file's own grid, which it inherits.</summary>
    private static string Member(GridContent own, GridContent grid, string name)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"  - name: {Word(name)}\n");
        Values(
            text, grid.Fixed.Except(own.Fixed), [.. grid.Axes.Where(axis => !own.Axes.Any(inherited => IsSame(axis, inherited)))], "    ");
        return text.ToString();
    }

    /// <summary>A claim; SQL of several lines stays readable.</summary>
    private static string ResolvedClaim(Claim claim)
    {
        var text = new StringBuilder();
        text.Append($"  - entry: {CanonicalJson.Text(claim.Entry)}\n    claim: {CanonicalJson.Text(claim.Statement)}\n");
        text.Append($"    expected: {CanonicalJson.Text(claim.Expected)}\n    sql: {Block(claim.Sql, "      ")}\n");
        text.Append($"    breaks_when: [{string.Join(", ", claim.BreaksWhen.Select(mutation => Word(mutation.ToString())))}]\n");
        text.Append(claim.Cause is null ? "" : $"    cause: {CanonicalJson.Text(claim.Cause)}\n");
        return text.ToString();
    }

    /// <summary>A text that begins and ends with no blank: lines as they are, where YAML gives just these back.</summary>
    private static string Block(string text, string indent) =>
        text.Contains('\n') && !text.AsSpan().ContainsAnyExcept(Printable)
            ? $"|-\n{string.Join('\n', text.Split('\n').Select(line => line.Length == 0 ? "" : indent + line))}"
            : CanonicalJson.Text(text);

    private static bool IsSame(SweepAxis one, SweepAxis other) =>
        one.Hyperparameters.SequenceEqual(other.Hyperparameters) && one.Entries.Length == other.Entries.Length
        && one.Entries.Zip(other.Entries).All(pair => pair.First.SequenceEqual(pair.Second));

    private static void Section(StringBuilder text, string key, IEnumerable<string> lines)
    {
        var body = string.Concat(lines);
        if (body.Length > 0)
        {
            text.Append($"{key}:\n{body}");
        }
    }

    private static string Group(SweepAxis axis, string indent) =>
        string.Concat(Enumerable.Range(0, axis.Hyperparameters.Length)
            .Select(column => $"{indent}  {(column == 0 ? "-" : " ")} {Column(axis, column)}\n"));

    private static string Column(SweepAxis axis, int column)
    {
        ImmutableArray<Value> values = [.. axis.Entries.Select(entry => entry[column])];
        return $"{axis.Hyperparameters[column].Name}: {GeneratorOf(values) ?? $"[{string.Join(", ", values.Select(Scalar))}]"}";
    }

    /// <summary>A long axis as the generator that gives just these values; null where there is none, and for a short one.</summary>
    private static string? GeneratorOf(ImmutableArray<Value> values)
    {
        if (values.Length < LongAxis || values[0] is not (Value.Real or Value.Integer))
        {
            return null;
        }

        double[] numbers = [.. values.Select(value => value is Value.Integer integer ? integer.Number : ((Value.Real)value).Number)];
        var (first, last) = (YamlNumber.Exact(Scalar(values[0]))!.Value, YamlNumber.Exact(Scalar(values[^1]))!.Value);
        var name = GeneratedValues.Linear(first, last, numbers.Length).SequenceEqual(numbers) ? "linspace"
            : numbers[0] > 0 && numbers[^1] > 0 && GeneratedValues.Geometric(first, last, numbers.Length).SequenceEqual(numbers)
                ? "geomspace"
            : null;
        return name is null ? null : $"{{ {name}: [{Scalar(values[0])}, {Scalar(values[^1])}, {numbers.Length}] }}";
    }

    private static string Seeds(SweepContent content) => content.Seeds[^1] - content.Seeds[0] == content.Seeds.Length - 1
        ? $"{content.Seeds[0]}..{content.Seeds[^1]}"
        : $"[{string.Join(", ", content.Seeds)}]";

    /// <summary>A value as a sweep file writes it.</summary>
    internal static string Scalar(Value value) => value switch
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
    public static string Word(string word) =>
        PlainWord().IsMatch(word) && !Reserved.Contains(word.ToLowerInvariant()) ? word : CanonicalJson.Text(word);

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex PlainWord();
}
