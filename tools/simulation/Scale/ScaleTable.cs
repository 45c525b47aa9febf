using System.Globalization;
using System.Text;

namespace Sweeper.Simulation.Scale;

/// <summary>Results as a Markdown table.</summary>
internal static class ScaleTable
{
    /// <summary>One row for each result.</summary>
    public static string Of(IEnumerable<ScaleResult> results)
    {
        var text = new StringBuilder();
        text.AppendLine("| trials | lanes | packs | workers | plan (s) | run (s) | ms a trial | ms a pack | bytes allocated a trial | resume (s) | status (s) | peak memory (MB) | journal (MB) |");
        text.AppendLine("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var result in results)
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {result.Case.Trials:#,0} | {result.Case.Lanes} | {result.Packs:#,0} | {result.Case.Workers:#,0} | {result.PlanSeconds:0.00} | {result.RunSeconds:0.0} | {result.MillisecondsPerTrial:0.000} | {result.MillisecondsPerPack:0.00} | {result.AllocatedPerTrial:#,0} | {result.ResumeSeconds:0.00} | {result.StatusSeconds:0.00} | {result.PeakBytes / 1e6:0} | {result.JournalBytes / 1e6:0.0} |");
        }

        return text.ToString().TrimEnd();
    }
}
