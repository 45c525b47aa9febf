using System.CommandLine;
using Sweeper.Core.Errors;
using Sweeper.Results.Export;
using Sweeper.Running;
using Sweeper.Terminal;

namespace Sweeper.Commands;

/// <summary>`sweeper export`: curves, trials, measurements or a query as CSV or NPZ.</summary>
internal static class ExportCommand
{
    public static Command Build(TextWriter output)
    {
        var arguments = new FolderArguments();
        var view =
            new Option<string>("--view") { Description = "curves, trials, summaries or measurements", DefaultValueFactory = _ => "curves" };
        view.AcceptOnlyFromAmong("curves", "trials", "summaries", "measurements");
        var query = new Option<string?>("--query") { Description = "one SELECT instead of a whole view", HelpName = "sql" };
        var format = new Option<string>("--format") { Description = "csv, or npz (one array a column)", DefaultValueFactory = _ => "csv" };
        format.AcceptOnlyFromAmong("csv", "npz");
        var file =
            new Option<string?>("--output", "-o") { Description = "file to write; csv goes to the terminal without it", HelpName = "file" };
        var command = new Command(
            "export", "Writes curves, trials, summaries, measurements or a query as CSV or NPZ.") { view, query, format, file };
        arguments.AddTo(command);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(query) is not null && parsed.GetResult(view) is { Implicit: false })
            {
                throw new SweepException(ExitCode.Usage, "--view and --query name two things to export", "Give one of them.");
            }

            var folder = arguments.Resolve(parsed);
            var sql = parsed.GetValue(query) ?? $"FROM {parsed.GetValue(view)}";
            var isNpz = parsed.GetValue(format) == "npz";
            if (parsed.GetValue(file) is not { } path)
            {
                _ = isNpz
                    ? throw new SweepException(ExitCode.Usage, "npz is not for a terminal", "Name a file: --output curves.npz.")
                    : ResultExport.ToCsv(folder, sql, output);
                return (int)ExitCode.Done;
            }

            if (Directory.Exists(path) || !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
            {
                throw new SweepException(
                    ExitCode.Usage, Directory.Exists(path)
                        ? "a folder stands where the file is to be written"
                        : "the file is to be written into a folder that does not exist", "Give another path with --output.", path);
            }

            using var asOthers = PrivateFiles.ForOutput();
            var rows = isNpz ? ResultExport.ToNpzFile(folder, sql, path) : ResultExport.ToCsvFile(folder, sql, path);
            output.WriteLine($"{Quantity.Count(rows, "row")} in {path}, {Quantity.Bytes(new FileInfo(path).Length)}");
            return (int)ExitCode.Done;
        });
        return command;
    }
}
