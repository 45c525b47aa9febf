using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Ports;

namespace Sweeper.Terminal;

/// <summary>The pages docs/experiments.md and docs/experiments/NAME.md: everything that experiments declare, as Markdown.</summary>
internal static class ExperimentsPages
{
    private const string Name = "experiments";

    private const string Introduction = """
        # Experiments

        What can be swept and measured, one page an experiment. The pages are made from the declarations by `sweeper experiments --pages docs`; a
        test fails when they are out of date. `sweeper experiments NAME` shows one at the terminal.

        A *static* hyperparameter decides shapes or the program, so that its values train in packs of
        their own; a *batched* one is a number per network and may vary inside a pack. Every default is frozen for a version of
        an experiment. A point that breaks a constraint is refused before anything is trained. A random stream follows the trial's seed
        where the hyperparameter that fixes it is -1. In result files a value's part of the data is in the column `split`, its weight
        matrix (`W1` is next to the inputs), pair or named part in `component`, its mode or rank in `index`, counted from 0. Where a metric has a better direction
        (`higher`, `lower`), `sweeper summary` lists its best points first.
        """;

    /// <summary>Writes them into a folder, in place of those that are there.</summary>
    public static void Write(string folder, ImmutableArray<ExperimentDeclaration> experiments, ITheory theory)
    {
        Directory.CreateDirectory(Path.Combine(folder, Name));
        using (var index = Page(Path.Combine(folder, $"{Name}.md")))
        {
            index.Write(Introduction + "\n");
            Table(
                index, ["experiment", "version", "what it is"],
                experiments.Select(declared => (string[])
                    [$"[{declared.Name}]({Name}/{declared.Name}.md)", $"{declared.Version}", declared.Doc]));
        }

        foreach (var declared in experiments)
        {
            using var page = Page(Path.Combine(folder, Name, $"{declared.Name}.md"));
            Write(page, declared, theory.Described(declared.Name));
        }
    }

    private static StreamWriter Page(string path) => new(path) { NewLine = "\n" };

    private static void Write(TextWriter output, ExperimentDeclaration declared, ImmutableArray<string> predicted)
    {
        output.Write($"# {declared.Name}\n\nVersion {declared.Version}. {declared.Doc}\n\n");
        output.Write($"Measured when a sweep file has no `measure`: {string.Join(", ", declared.DefaultMetrics.Select(Code))}.\n");
        output.Write($"Words: [{Name}.md](../{Name}.md).\n\n## Hyperparameters\n");
        Table(
            output, ["hyperparameter", "values", "default", "binding", "what it is"],
            declared.Hyperparameters.Select(one => (string[])
            [
                Code(one.Name), Code(DeclarationText.Kind(one)), Code($"{one.Default}"), one.Binding.ToString().ToLowerInvariant(), one.Doc,
            ]));
        if (!declared.Constraints.IsEmpty)
        {
            output.Write("\n## Constraints\n");
            Table(
                output, ["hyperparameters", "constraint"],
                declared.Constraints.Select(constraint => (string[])[string.Join(", ", constraint.Names.Select(Code)), constraint.Doc]));
        }

        output.Write("\n## Metrics\n");
        Table(
            output, ["metric", "version", "values at a step", "better", "what it is"],
            declared.Metrics.Select(metric => (string[])
                [Code(metric.Name), $"{metric.Version}", metric.Shape, DeclarationText.Better(metric), metric.Doc]));
        if (!predicted.IsEmpty)
        {
            output.Write("\n## Theory\n\nPredicted, as rows with the source `theory` and dashed lines of figures:\n\n");
            output.Write(string.Concat(predicted.Select(paragraph => $"- {paragraph}\n")));
        }

        output.Write("\n## Random streams\n");
        Table(
            output, ["stream", "fixed by", "what is drawn"],
            declared.Streams.Select(stream => (string[])[stream.Name, Code(stream.SeedHyperparameter), stream.Doc]));
    }

    private static void Table(TextWriter output, string[] header, IEnumerable<string[]> rows)
    {
        output.Write("\n");
        foreach (var cells in rows.Prepend(Array.ConvertAll(header, _ => "---")).Prepend(header))
        {
            output.Write($"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |\n");
        }
    }

    private static string Code(string text) => $"`{text}`";
}
