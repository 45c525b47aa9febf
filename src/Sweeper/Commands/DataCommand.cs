using System.CommandLine;
using Sweeper.Core.Errors;
using Sweeper.Core.Sweeps.Reading;
using Sweeper.Terminal;
using Sweeper.Training.Data.Files;

namespace Sweeper.Commands;

/// <summary>`sweeper data [name]`: which datasets are known, where they are looked for, and whether they are intact.</summary>
internal static class DataCommand
{
    public static Command Build(TextWriter output)
    {
        var name = new Argument<string?>("name") { Description = "one dataset; then exit code 5 where it is missing or not what was published", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("data", "Lists the datasets of experiments: files, where they are looked for, whether they are intact.") { name };
        command.SetAction(parsed =>
        {
            var named = parsed.GetValue(name);
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
}
