using System.Globalization;
using System.Text;

namespace Sweeper.Simulation.Pressure;

/// <summary>Results as a Markdown table.</summary>
internal static class PressureTable
{
    /// <summary>One row for each result.</summary>
    public static string Of(IEnumerable<PressureResult> results)
    {
        var text = new StringBuilder();
        text.AppendLine("| rows | runners | store slower by (ms a block) | offered by one runner (rows/s) | committed (rows/s) | runners held up | memory in eighths of the run (MB) |");
        text.AppendLine("|---:|---:|---:|---:|---:|---:|---|");
        foreach (var result in results)
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {result.Case.Rows:#,0} | {result.Case.Runners} | {result.Case.DelayMilliseconds} | {result.OfferedPerSecond:#,0} | {result.CommittedPerSecond:#,0} | {100 * result.HeldUp:0} % | {string.Join(", ", result.Memory.Select(bytes => bytes / 1_000_000))} |");
        }

        return text.ToString().TrimEnd();
    }
}
