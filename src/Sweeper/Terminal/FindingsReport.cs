using Sweeper.Composition;
using Sweeper.Core.Measurements;
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
        var headline = Headline.Of(folder.Plan);
        var chosen = new SeriesChoice(headline.Metric, headline.Split).In(folder.Path);
        var points = PointTable.Read(folder.Path, headline.Metric, new PointValue.Final(), headline.Split);
        output.WriteLine($"lowest {chosen.Describe(folder.Plan.Experiment)} at the end, mean over {Quantity.Count(folder.Plan.Seeds.Length, "seed")}:");
        PointReport.Write(output, folder.Plan, points with { Rows = [.. points.Rows.Take(Best)] }, Best);
        output.WriteLine();
        var figures = new ResultFolder(folder.Path).Figures;
        foreach (var figure in Directory.EnumerateFiles(figures, "*.png").Order(StringComparer.Ordinal))
        {
            output.WriteLine($"figure  {figure}");
        }

        output.WriteLine($"curves  {new ResultFolder(folder.Path).Curves}");
        output.WriteLine($"next    sweeper summary {folder.Path}   (all {folder.Plan.PointCount:#,0} points)");
    }

    /// <summary>What to do about trials that failed; nothing where none did.</summary>
    public static void WriteFailed(TextWriter output, long failed, string folder)
    {
        if (failed > 0)
        {
            output.WriteLine($"failed  {Quantity.Count(failed, "trial")}: `sweeper failures {folder}` says why, `sweeper retry {folder} --all` tries them again");
        }
    }
}
