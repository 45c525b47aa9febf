using System.Collections.Immutable;
using Sweeper.Core.Experiments;

namespace Sweeper.Terminal;

/// <summary>The page docs/experiments.md: everything that experiments declare, as Markdown.</summary>
internal static class ExperimentsPage
{
    private const string Introduction = """
        # Experiments

        What can be swept and measured. This page is made from the declarations by `sweeper experiments --markdown`; a test fails
        when it is out of date. A *static* hyperparameter decides shapes or the program, so that its values train in packs of
        their own; a *batched* one is a number per network and may vary inside a pack. Every default is frozen for a version of
        an experiment. A point that breaks a constraint is refused before anything is trained. A random stream follows the trial's seed
        where the hyperparameter that fixes it is -1. In result files a value's part of the data is in the column `split`, its weight
        matrix (`W1` is next to the inputs), pair or named part in `component`, its mode or rank in `index`, counted from 0. Where a metric has a better direction
        (`higher`, `lower`), `sweeper summary` lists its best points first.

        """;

    /// <summary>Writes the page.</summary>
    public static void Write(TextWriter output, ImmutableArray<ExperimentDeclaration> experiments)
    {
        output.Write(Introduction);
        foreach (var declared in experiments)
        {
            output.Write($"\n## {declared.Name}\n\nVersion {declared.Version}. {declared.Doc}\n\n");
            output.Write($"Measured when a sweep file has no `measure`: {string.Join(", ", declared.DefaultMetrics.Select(Code))}.\n");
            Table(
                output, "Hyperparameters", ["hyperparameter", "values", "default", "binding", "what it is"],
                declared.Hyperparameters.Select(one => (string[])
                    [Code(one.Name), Code(DeclarationText.Kind(one)), Code($"{one.Default}"), one.Binding.ToString().ToLowerInvariant(), one.Doc]));
            if (!declared.Constraints.IsEmpty)
            {
                Table(
                    output, "Constraints", ["hyperparameters", "constraint"],
                    declared.Constraints.Select(constraint => (string[])[string.Join(", ", constraint.Names.Select(Code)), constraint.Doc]));
            }

            Table(
                output, "Metrics", ["metric", "version", "values at a step", "better", "what it is"],
                declared.Metrics.Select(metric => (string[])[Code(metric.Name), $"{metric.Version}", metric.Shape, DeclarationText.Better(metric), metric.Doc]));
            Table(
                output, "Random streams", ["stream", "fixed by", "what is drawn"],
                declared.Streams.Select(stream => (string[])[stream.Name, Code(stream.SeedHyperparameter), stream.Doc]));
        }
    }

    private static void Table(TextWriter output, string title, string[] header, IEnumerable<string[]> rows)
    {
        output.Write($"\n### {title}\n\n");
        foreach (var cells in rows.Prepend(Array.ConvertAll(header, _ => "---")).Prepend(header))
        {
            output.Write($"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |\n");
        }
    }

    private static string Code(string text) => $"`{text}`";
}
