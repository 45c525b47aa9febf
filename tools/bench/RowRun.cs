using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Sweeper.Bench.Results;
using Sweeper.Bench.Rows;

namespace Sweeper.Bench;

/// <summary>Measures rows, each in a process of its own that has only the cores it may use.</summary>
internal static class RowRun
{
    /// <summary>Measures one and keeps it.</summary>
    /// <param name="row">Which.</param>
    /// <param name="here">In this process; else in one that is held to the row's cores.</param>
    public static int Execute(Row row, bool here)
    {
        if (!here)
        {
            return Start(row);
        }

        var result = row.Measure();
        KeptRows.Keep(result);
        Console.WriteLine(RowTable.Of(result));
        return 0;
    }

    /// <summary>The results of all rows.</summary>
    /// <param name="kept">Whether those that are kept are taken as they are.</param>
    public static ImmutableArray<RowResult> All(bool kept) =>
        [.. RowList.All.Select(row => (kept ? KeptRows.Find(row.Name) : null) ?? Measure(row))];

    private static RowResult Measure(Row row) => Start(row) == 0
        ? KeptRows.Find(row.Name)!
        : throw new InvalidOperationException($"the row {row.Name} could not be measured; why stands above");

    /// <summary>The last cores: interrupts are served by the first.</summary>
    private static int Start(Row row)
    {
        var last = Environment.ProcessorCount - 1;
        var cores = string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, last - row.Cores + 1)}-{last}");
        using var process = Process.Start("taskset", ["-c", cores, "dotnet", typeof(RowRun).Assembly.Location, "row", row.Name, "--here"]);
        process.WaitForExit();
        return process.ExitCode;
    }
}
