using System.CommandLine;
using Sweeper.Core.Errors;
using Sweeper.Core.Sweeps.Reading;
using Sweeper.Terminal;
using Sweeper.Training.Data.Files;
using Sweeper.Training.Data.Made;

namespace Sweeper.Commands;

/// <summary>
/// `sweeper data [name]`: which datasets are known, where they are looked for, whether they are intact; and makes those that can be made.
/// </summary>
internal static class DataCommand
{
    public static Command Build(TextWriter output)
    {
        var name = new Argument<string?>("name")
        {
            Description = "one dataset; then exit code 5 where it is missing or not what was published", Arity = ArgumentArity.ZeroOrOne,
        };
        var make = new Option<bool>("--make") { Description = "make the named dataset from its Debian package, if it is not here" };
        var command = new Command(
            "data",
            "Lists the datasets of experiments: files, where they are looked for, whether they are intact. Makes those that are made from "
            + "Debian packages.") { name, make };
        command.SetAction(parsed =>
        {
            var named = parsed.GetValue(name);
            if (parsed.GetValue(make))
            {
                var (path, isNew) = DataStore.Make(FindMade(named), DataFolders.Current);
                output.WriteLine($"{(isNew ? "made" : "already here and intact")}: {path}");
                return (int)ExitCode.Done;
            }

            DatasetReport.Write(output, named is null ? Datasets.All : [Find(named)], DataFolders.Current);
            if (named is not null)
            {
                DataStore.Require(Find(named));
            }

            return (int)ExitCode.Done;
        });
        return command;
    }

    private static Dataset Find(string name) => Datasets.Find(name) ?? throw new SweepException(
        ExitCode.Usage, $"there is no dataset '{name}'", NearestName.Remedy(name, Datasets.All.Select(dataset => dataset.Name)));

    private static MadeDataset FindMade(string? name)
    {
        var known = $"Made from Debian packages are: {string.Join(", ", MadeDatasets.All.Select(dataset => dataset.Name))}.";
        return name is null ? throw new SweepException(ExitCode.Usage, "--make needs the name of a dataset", known)
            : Find(name) is MadeDataset made ? made
            : throw new SweepException(
                ExitCode.Usage, $"'{name}' is published, not made: `sweeper data {name}` says where to get it", known);
    }
}
