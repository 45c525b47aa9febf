using System.CommandLine;
using Sweeper.Core.Errors;
using Sweeper.Results.Query;
using Sweeper.Terminal;

namespace Sweeper.Commands;

/// <summary>`sweeper query`: SQL over one results folder.</summary>
internal static class QueryCommand
{
    private const int UsualDigits = 6;

    /// <summary>More digits than any double has.</summary>
    private const int Exact = 17;

    public static Command Build(TextWriter output)
    {
        var arguments = new FolderArguments();
        var sql = new Argument<string>("sql") { Description = "one SELECT over curves, trials, summaries, measurements (DuckDB)" };
        var format = new Option<string>("--format") { Description = "table, csv or json", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "csv", "json");
        var digits = new Option<int?>("--digits")
        {
            Description = $"significant digits of numbers in a table, {Exact} for all (default {UsualDigits}); csv and json have all",
            HelpName = "number",
        };
        var command = new Command("query", "Runs SQL over a results folder: views curves, trials, summaries, measurements.");
        arguments.AddTo(command);
        command.Add(sql);
        command.Add(format);
        command.Add(digits);
        command.SetAction(parsed =>
        {
            var shown = parsed.GetValue(digits);
            if (shown is < 1 or > Exact || (shown is not null && parsed.GetValue(format) != "table"))
            {
                throw shown is < 1 or > Exact
                    ? new SweepException(ExitCode.Usage, $"--digits cannot be {shown}", $"a number has 1 to {Exact} significant digits")
                    : new SweepException(ExitCode.Usage, $"--digits says how a table looks, and {parsed.GetValue(format)} has all digits",
                        "leave it out, or use round(..) in the query");
            }

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
                    TextTable.Write(output, table.Columns,
                        table.Rows.Select(row => row.Select(value => ResultTable.Rounded(value, shown ?? UsualDigits)).ToArray()));
                    break;
            }

            return (int)ExitCode.Done;
        });
        return command;
    }
}
