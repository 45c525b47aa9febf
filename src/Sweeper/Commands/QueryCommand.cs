using System.CommandLine;
using Sweeper.Core.Errors;
using Sweeper.Results.Query;
using Sweeper.Terminal;

namespace Sweeper.Commands;

/// <summary>`sweeper query`: SQL over one results folder.</summary>
internal static class QueryCommand
{
    public static Command Build(TextWriter output)
    {
        var arguments = new FolderArguments();
        var sql = new Argument<string>("sql") { Description = "one SELECT over curves, trials, summaries, measurements (DuckDB)" };
        var format = new Option<string>("--format") { Description = "table, csv or json", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "csv", "json");
        var command = new Command("query", "Runs SQL over a results folder: views curves, trials, summaries, measurements.");
        arguments.AddTo(command);
        command.Add(sql);
        command.Add(format);
        command.SetAction(parsed =>
        {
            var table = ResultQuery.Run(arguments.Resolve(parsed), parsed.GetValue(sql)!);
            switch (parsed.GetValue(format))
            {
                case "csv":
                    output.Write(table.ToCsv());
                    break;
                case "json":
                    output.Write(table.ToJson());
                    break;
                default:
                    TextTable.Write(output, table.Columns, table.Rows.Select(row => row.Select(ResultTable.Text).ToArray()));
                    break;
            }

            return (int)ExitCode.Done;
        });
        return command;
    }
}
