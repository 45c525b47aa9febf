using System.CommandLine;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Core.Sweeps;
using Sweeper.Inspecting;
using Sweeper.Results.Segments;
using Sweeper.Running;
using Sweeper.Terminal;

namespace Sweeper.Commands;

/// <summary>`sweeper rerun`: trains one trial again and compares every row with the stored ones. Changes nothing.</summary>
internal static class RerunCommand
{
    public static Command Build(TextWriter output)
    {
        var arguments = new FolderArguments();
        var trial = new Argument<string>("trial") { Description = "the first digits of a trial id" };
        var json = JsonLine.Option();
        var command = new Command(
            "rerun", "Trains one trial again and compares every row with the stored ones. Changes nothing in the folder.") { json };
        arguments.AddTo(command);
        command.Add(trial);
        command.SetAction((parsed, cancellation) =>
        {
            var folder = OpenedFolder.Read(arguments.Resolve(parsed));
            var found = TrialSearch.Find(folder, parsed.GetValue(trial)!);
            var rerun = TrialRerun.Of(folder, found.Id, cancellation);
            if (parsed.GetValue(json))
            {
                JsonLine.Write(output, new
                {
                    Trial = found.Id.Hex, Pack = rerun.Pack.Name, rerun.Numerics,
                    StoredNumerics = string.Join(" and ", folder.History.Numerics), rerun.Rows, rerun.DivergedStep,
                    Rerun = rerun.Comparison is { } rows
                        ? new { rows.Stored, rows.Identical, rows.Differing, rows.Missing, rows.Added, Largest = rows.Largest?.ToString(),
                            rows.Difference, rows.Relative }
                        : null,
                });
            }
            else
            {
                Report(output, folder, found, rerun);
            }

            return Task.FromResult((int)(rerun.Comparison is null or { IsIdentical: true } ? ExitCode.Done : ExitCode.ClaimFailed));
        });
        return command;
    }

    private static void Report(TextWriter output, OpenedFolder folder, Trial trial, TrialRerun rerun)
    {
        output.WriteLine($"trial {trial.Id}, seed {trial.Seed}, trained again in the program of pack {rerun.Pack}");
        if (rerun.DivergedStep is { } step)
        {
            output.WriteLine($"  it diverged at step {step}");
        }

        output.WriteLine(rerun.Comparison is { } rows
            ? $"  {Verdict(rows)}"
            : $"  trained to its end with {Quantity.Count(rerun.Rows, "row")}; none are stored to compare with (`sweeper explain "
                + $"{folder.Path} {trial.Id.Hex[..8]}`)");
        if (rerun.Comparison is { IsIdentical: false } && !folder.History.Numerics.All(stored => stored == rerun.Numerics))
        {
            output.WriteLine($"  this machine computes with other numbers than those that are stored, so the last bits may differ: "
                + NumericsDifference.OfNearest(rerun.Numerics, folder.History.Numerics));
        }
    }

    private static string Verdict(RowComparison rows)
    {
        if (rows.IsIdentical)
        {
            return $"identical: all {Quantity.Count(rows.Stored, "row")} have the same bits";
        }

        var parts = new List<string> { $"{rows.Identical:#,0} of {Quantity.Count(rows.Stored, "row")} identical" };
        if (rows.Largest is { } largest)
        {
            parts.Add(
                $"{rows.Differing:#,0} differ, at most by {Quantity.Number(rows.Difference)} (relative "
                + $"{Quantity.Number(rows.Relative)}) at {largest}");
        }

        if (rows.Missing > 0)
        {
            parts.Add($"{rows.Missing:#,0} stored rows missing from the new training");
        }

        if (rows.Added > 0)
        {
            parts.Add($"{rows.Added:#,0} rows that are not stored");
        }

        return string.Join("; ", parts);
    }
}
