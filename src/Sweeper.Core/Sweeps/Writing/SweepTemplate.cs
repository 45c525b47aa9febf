using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Sweeper.Core.Experiments;

namespace Sweeper.Core.Sweeps.Writing;

/// <summary>Writes a first sweep file for an experiment: a small grid that works, and every hyperparameter as a comment.</summary>
public static class SweepTemplate
{
    private const int Width = 110;
    private const long FewSteps = 1000;
    private const string Steps = "steps";

    /// <summary>The text.</summary>
    /// <param name="experiment">Whose sweep.</param>
    /// <param name="schema">Path of the JSON Schema that editors are pointed to.</param>
    public static string Write(ExperimentDeclaration experiment, string schema)
    {
        var (axis, values) = Axis(experiment);
        var steps = experiment.IndexOf(Steps);
        var metrics = (experiment.DefaultMetrics.IsEmpty
            ? experiment.Metrics.Select(metric => metric.Name)
            : experiment.DefaultMetrics).ToList();
        var text = new StringBuilder();
        text.Append($"# yaml-language-server: $schema={schema}\n");
        Comment(text, experiment.Doc, "# ");
        text.Append(
            "# A line begins to count when its '#' is removed; `sweeper plan <this file>` says what it means before "
            + "anything is trained.\n");
        text.Append($"sweep: my-{experiment.Name}      # the results folder's name: lower-case letters, digits, hyphens\n");
        text.Append($"experiment: {experiment.Name}\n\n");
        var isFixed = IsShortened(experiment, steps);
        text.Append(
            $"{(isFixed ? "fixed: " : "# fixed:")}                     # the same for all trials; what is not named has "
            + "the default shown here\n");
        foreach (var declared in experiment.Hyperparameters)
        {
            var isShort = isFixed && declared.Name == Steps;
            if (declared.Name != axis.Name)
            {
                var mark = isShort ? "  " : "  # ";
                var value = isShort ? new Value.Integer(FewSteps) : declared.Default;
                text.Append(
                    $"{mark}{declared.Name}: {ResolvedSweep.Scalar(value)}      # {Range(declared)}. "
                    + $"{declared.Doc}{(isShort ? $" Default {declared.Default}." : "")}\n");
            }
        }

        text.Append(
            "\ngrid:                        # every combination of these; also linspace(0, 1, 11), geomspace(1e-6, "
            + "1e-2, 5), range(0, 10, 2)\n");
        text.Append(
            $"  {axis.Name}: [{string.Join(", ", values.Select(ResolvedSweep.Scalar))}]      # {Range(axis)}. {axis.Doc} Default "
            + $"{axis.Default}.\n\n");
        text.Append("seeds: 3                     # 0, 1, 2; curves are means over them\n\n");
        text.Append("measure:                     # at: [0, 10, 100] | { every: 100 } | { log: 40 } | end\n");
        text.Append($"  - {{ at: {{ log: 40 }}, metrics: [{string.Join(", ", metrics)}] }}\n");
        Comment(text, "all metrics: " + string.Join(", ", experiment.Metrics.Select(metric => metric.Name)), "  # ");
        text.Append('\n');
        text.Append($"# figures: [{metrics.First()}]\n");
        text.Append("# expect:                      # claims, each a question to the results: `sweeper check` asks them\n");
        text.Append(
            $"#   - {{ entry: \"1\", claim: the mean at the end is small, expected: below 0.1, breaks_when: [scale {metrics.First()} by "
            + $"100, reverse {metrics.First()}],\n");
        text.Append(
            $"#       sql: \"SELECT mean < 0.1 AS ok, mean AS value, sem AS se, n FROM curves WHERE metric = '{metrics.First()}' "
            + "ORDER BY step DESC LIMIT 1\" }\n");
        text.Append(axis.Kind is ValueKind.Real or ValueKind.Integer
            ? $"# derive: {{ doubled: \"2 * {axis.Name}\" }}      # a value by a formula: for figures, conditions and tables\n" : "");
        text.Append("# exclude: [ \"seed > 1\" ]        # trials that are left out\n");
        text.Append("# keep: { weights: final }       # none | final | snapshots\n");
        return text.ToString();
    }

    /// <summary>The first number inside a pack that may take two values, else a number between packs, else one default value.</summary>
    private static (Hyperparameter Declared, ImmutableArray<Value> Values) Axis(ExperimentDeclaration experiment)
    {
        var candidates = experiment.Hyperparameters
            .Where(declared => declared.Name != Steps && declared.Kind is ValueKind.Real or ValueKind.Integer)
            .OrderBy(declared => declared.Binding == Binding.Static).ThenBy(declared => declared.Kind != ValueKind.Real);
        foreach (var declared in candidates)
        {
            Value? other = declared.Default switch
            {
                Value.Real real => new Value.Real(real.Number == 0 ? 0.1 : 2 * real.Number),
                Value.Integer whole => new Value.Integer(whole.Number == 0 ? 1 : 2 * whole.Number),
                _ => null,
            };
            var number = other switch { Value.Real real => real.Number, Value.Integer whole => whole.Number, _ => double.NaN };
            if (other is not null && number >= declared.Minimum && number <= declared.Maximum
                && IsValid(experiment, experiment.IndexOf(declared.Name), other))
            {
                return (declared, [declared.Default, other]);
            }
        }

        return (experiment.Hyperparameters[0], [experiment.Hyperparameters[0].Default]);
    }

    /// <summary>A first sweep should be over soon.</summary>
    private static bool IsShortened(ExperimentDeclaration experiment, int steps) =>
        steps >= 0 && experiment.Hyperparameters[steps].Default is Value.Integer { Number: > FewSteps }
        && IsValid(experiment, steps, new Value.Integer(FewSteps));

    private static bool IsValid(ExperimentDeclaration experiment, int slot, Value value) =>
        experiment.BrokenBy(new Point(
            experiment, [.. experiment.Hyperparameters.Select((declared, index) => index == slot ? value : declared.Default)])) is null;

    private static string Range(Hyperparameter declared) => declared.Kind switch
    {
        ValueKind.Choice => string.Join(" | ", declared.Choices),
        ValueKind.Flag => "true | false",
        _ => (declared.Kind == ValueKind.Integer ? "whole number" : declared.Kind == ValueKind.Vector ? "list of numbers" : "number")
            + (double.IsFinite(declared.Minimum) ? string.Create(CultureInfo.InvariantCulture, $" from {declared.Minimum}") : "")
            + (double.IsFinite(declared.Maximum) ? string.Create(CultureInfo.InvariantCulture, $" to {declared.Maximum}") : ""),
    };

    private static void Comment(StringBuilder text, string words, string mark)
    {
        var line = mark;
        foreach (var word in words.Split(' '))
        {
            if (line.Length + word.Length > Width)
            {
                text.Append(line.TrimEnd()).Append('\n');
                line = mark;
            }

            line += word + " ";
        }

        text.Append(line.TrimEnd()).Append('\n');
    }
}
