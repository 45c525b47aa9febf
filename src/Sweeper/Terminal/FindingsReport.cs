using Sweeper.Core.Experiments;
using Sweeper.Core.Measurements;
using Sweeper.Inspecting;
using Sweeper.Results.Folders;
using Sweeper.Results.Query;

namespace Sweeper.Terminal;

/// <summary>What `run` says when it is done: the best points, the pictures, and where to go on.</summary>
internal static class FindingsReport
{
    private const int Best = 5;

    /// <summary>A screen at most.</summary>
    public static void Write(TextWriter output, OpenedFolder folder)
    {
        var metric = Headline.Of(folder.Plan).Metric;
        var (experiment, final) = (folder.Plan.Experiment, new Reduction.Final());
        var (series, better) = (new SeriesChoice(metric) { UsualSplit = experiment.UsualSplitOf(metric) }, experiment.BetterOf(metric));
        if (series.IsMeasured(folder.Path) && better == MetricDirection.None)
        {
            output.WriteLine($"no point is the best one: of {metric}, neither high nor low values are better");
        }
        else if (series.IsMeasured(folder.Path))
        {
            var points = PointTable.Read(folder.Path, series, final, better);
            var first = final.LargestFirst(better) ? "highest" : "lowest";
            output.WriteLine($"{first} {series.In(folder.Path).Describe(experiment)} at the end, mean over {Seeds(folder, points)}:");
            PointReport.Write(output, folder.Plan, points with { Rows = [.. points.Rows.Take(Best)] }, Best);
        }
        else
        {
            output.WriteLine($"{metric} has no values: every trial diverged or failed before it was measured");
        }

        output.WriteLine();
        var figures = new ResultFolder(folder.Path).Figures;
        foreach (var figure in Directory.Exists(figures)
            ? Directory.GetFiles(figures, "*.png").Order(StringComparer.Ordinal)
            : Enumerable.Empty<string>())
        {
            output.WriteLine($"figure  {figure}");
        }

        output.WriteLine($"curves  {new ResultFolder(folder.Path).Curves}");
        output.WriteLine($"next    sweeper summary {folder.Path}   (all {folder.Plan.PointCount:#,0} points)");
    }

    /// <summary>How many, where every point has all; else the table says it point by point.</summary>
    private static string Seeds(OpenedFolder folder, ResultTable points) =>
        points.Rows.All(row => Equals(row[points.Columns.IndexOf("n")], row[points.Columns.IndexOf("n_planned")]))
            ? Quantity.Count(folder.Plan.Seeds.Length, "seed")
            : "the seeds that there are";

    /// <summary>What to do about trials that failed; nothing where none did.</summary>
    public static void WriteFailed(TextWriter output, long failed, string folder)
    {
        if (failed > 0)
        {
            output.WriteLine(
                $"failed  {Quantity.Count(failed, "trial")}: `sweeper failures {folder}` says why, `sweeper retry {folder} "
                + "--all` tries them again");
        }
    }
}
