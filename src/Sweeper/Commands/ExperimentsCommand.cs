using System.CommandLine;
using System.Text.RegularExpressions;
using Sweeper.Composition;
using Sweeper.Core.Errors;
using Sweeper.Core.Experiments;
using Sweeper.Core.Sweeps.Reading;
using Sweeper.Terminal;

namespace Sweeper.Commands;

/// <summary>`sweeper experiments [name]`: what can be swept and measured.</summary>
internal static partial class ExperimentsCommand
{
    public static Command Build(TextWriter output)
    {
        var name = new Argument<string?>("name") { Description = "one experiment, in full", Arity = ArgumentArity.ZeroOrOne };
        var pages = new Option<string?>("--pages")
        {
            Description = "write everything into this folder, as experiments.md and a page an experiment", HelpName = "folder",
        };
        var command = new Command("experiments", "Lists the experiments, or one with its hyperparameters, constraints and metrics.")
        {
            name, pages,
        };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(pages) is { } folder)
            {
                ExperimentsPages.Write(folder, CompositionRoot.Experiments.All, CompositionRoot.Theory);
            }
            else if (parsed.GetValue(name) is { } wanted)
            {
                Describe(output, Find(wanted));
            }
            else
            {
                TextTable.Write(
                    output, ["experiment", "version", "what it is"], CompositionRoot.Experiments.All.Select(
                        declared => new[] { declared.Name, $"{declared.Version}", FirstSentence(declared.Doc) }));
            }

            return (int)ExitCode.Done;
        });
        return command;
    }

    /// <summary>
    /// The experiment that a command line names; throws <see cref="SweepException"/> (usage) with its neighbour where there is none.
    /// </summary>
    public static ExperimentDeclaration Find(string name) => CompositionRoot.Experiments.Find(name) ?? throw new SweepException(
        ExitCode.Usage, $"there is no experiment '{name}'",
        NearestName.Remedy(name, CompositionRoot.Experiments.All.Select(declared => declared.Name)));

    private static void Describe(TextWriter output, ExperimentDeclaration declared)
    {
        output.WriteLine($"{declared.Name}, version {declared.Version}");
        output.WriteLine(declared.Doc);
        output.WriteLine();
        TextTable.Write(output, ["hyperparameter", "kind", "default", "varies", "what it is"],
            declared.Hyperparameters.Select(one => new[]
            {
                one.Name, DeclarationText.Kind(one), one.Default.ToString()!,
                one.Binding == Binding.Static ? "between packs" : "inside a pack", one.Doc,
            }));
        output.WriteLine();
        if (!declared.Constraints.IsEmpty)
        {
            TextTable.Write(output, ["hyperparameters", "constraint"],
                declared.Constraints.Select(constraint => new[] { string.Join(", ", constraint.Names), constraint.Doc }));
            output.WriteLine();
        }

        TextTable.Write(output, ["metric", "version", "values at a step", "better", "what it is"],
            declared.Metrics.Select(metric =>
                new[] { metric.Name, $"{metric.Version}", metric.Shape, DeclarationText.Better(metric), metric.Doc }));
        output.WriteLine();
        TextTable.Write(output, ["random stream", "fixed by", "what is drawn"],
            declared.Streams.Select(stream => new[] { stream.Name, stream.SeedHyperparameter, stream.Doc }));
    }

    private static string FirstSentence(string doc) => SentenceEnd().Split(doc, 2)[0];

    // What follows a full stop begins large, which tells it from `et al. 2024`.
    [GeneratedRegex(@"(?<=\.) (?=\p{Lu})")]
    private static partial Regex SentenceEnd();
}
