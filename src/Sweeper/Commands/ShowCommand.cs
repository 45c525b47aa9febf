using System.CommandLine;
using Sweeper.Core.Errors;
using Sweeper.Inspecting;
using Sweeper.Results.Query;
using Sweeper.Terminal;

namespace Sweeper.Commands;

/// <summary>`sweeper show`: one trial, with its hyperparameters, its state and its last values.</summary>
internal static class ShowCommand
{
    public static Command Build(TextWriter output)
    {
        var arguments = new FolderArguments();
        var trial = new Argument<string>("trial") { Description = "the first digits of a trial id" };
        var command = new Command("show", "Shows one trial: hyperparameters, state, final values.");
        arguments.AddTo(command);
        command.Add(trial);
        command.SetAction(parsed =>
        {
            var folder = OpenedFolder.Read(arguments.Resolve(parsed));
            var found = TrialSearch.Find(folder, parsed.GetValue(trial)!);
            var row = TrialLookup.Find(folder.Path, found.Id.Hex);
            var fields = row.Columns.Zip(row.Rows[0]).Where(field => field.Second is not null).ToList();
            var worker = fields.FirstOrDefault(field => field.First == "worker").Second as string ?? "";
            TextTable.Write(output, ["field", "value"], fields
                .Select(field => new[] { field.First, ResultTable.Text(field.Second) })
                .Concat(new SweepLogs(folder).FilesOf(worker).Select(log => new[] { "log", log })));
            output.WriteLine();
            var values = ResultQuery.Run(folder.Path,
                $"SELECT metric, split, component, index, COLUMNS(name -> name IN ('final', 'min', 'argmin_step', 'max', "
                + $"'argmax_step')) FROM summaries WHERE trial_id = '{found.Id.Hex}' ORDER BY ALL");
            TextTable.Write(output, values.Columns, values.Rows.Select(cells => cells.Select(cell =>
                cell is double number ? Quantity.Number(number) : ResultTable.Text(cell)).ToArray()));
            return (int)ExitCode.Done;
        });
        return command;
    }
}
