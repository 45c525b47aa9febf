using System.CommandLine;
using Sweeper.Composition;
using Sweeper.Core.Errors;
using Sweeper.Core.Sweeps.Writing;
using Sweeper.Running;

namespace Sweeper.Commands;

/// <summary>`sweeper init`: a first sweep file for an experiment, or the JSON Schema of its sweep files.</summary>
internal static class InitCommand
{
    public static Command Build(TextWriter output)
    {
        var name = new Argument<string?>("experiment")
        {
            Description = "experiment; `sweeper experiments` lists them", Arity = ArgumentArity.ZeroOrOne,
        };
        var file = new Option<string?>("--output", "-o")
        {
            Description = "file to write instead of the terminal; one that exists is not overwritten", HelpName = "file",
        };
        var schema = new Option<bool>("--schema") { Description = "the JSON Schema for editors (of all experiments where none is named)" };
        var command = new Command(
            "init", "Writes a commented sweep file for an experiment, or the JSON Schema of sweep files.") { name, file, schema };
        command.SetAction(parsed =>
        {
            var experiment = parsed.GetValue(name);
            var path = parsed.GetValue(file);
            var text = parsed.GetValue(schema) ? Schema(experiment) : Template(experiment);
            if (path is null)
            {
                output.Write(text);
            }
            else
            {
                WriteNew(path, text);
                output.WriteLine(parsed.GetValue(schema) ? path : $"{path}: `sweeper plan {path}` says what it means");
            }

            return (int)ExitCode.Done;
        });
        return command;
    }

    private static string Schema(string? name) => name is null
        ? SweepSchema.OfAny(CompositionRoot.Experiments.All)
        : SweepSchema.Of(ExperimentsCommand.Find(name));

    private static string Template(string? name)
    {
        var experiment = name is not null ? ExperimentsCommand.Find(name) : throw new SweepException(
            ExitCode.Usage, "init needs the name of an experiment",
            $"There are: {string.Join(", ", CompositionRoot.Experiments.All.Select(declared => declared.Name))}.");
        var schema = $"{experiment.Name}.schema.json";
        // An editor looks for the schema beside the file.
        return $"# For completion in editors: sweeper init {experiment.Name} --schema -o {schema}\n"
            + SweepTemplate.Write(experiment, schema);
    }

    private static void WriteNew(string path, string text)
    {
        using var asOthers = PrivateFiles.ForOutput();
        try
        {
            using var writer = new StreamWriter(new FileStream(path, FileMode.CreateNew));
            writer.Write(text);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SweepException(
                ExitCode.Usage, File.Exists(path) ? "there is such a file already" : "the file cannot be written",
                "Give another path with -o.", path, fault);
        }
    }
}
